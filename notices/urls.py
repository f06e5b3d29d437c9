"""Addresses of the pages of documents and numbers."""

from __future__ import annotations

from django.urls import path

from notices.batch import views as batch
from notices.masking import views as masking
from notices.serving import printing as papers
from notices.serving import views as serving
from notices.serving.splitting import views as splitting
from notices.sourcing import views as sourcing
from notices.views import acts, composing, files, fonts, lists, numbers, writing

urlpatterns = [
    path("documents/", lists.document_list, name="document_list"),
    path("documents/new/", composing.document_begin, name="document_begin"),
    path("documents/batches/", batch.batch_list, name="batch_list"),
    path("documents/batches/new/", batch.batch_create, name="batch_create"),
    path("documents/batches/<int:pk>/", batch.batch_detail, name="batch_detail"),
    path("documents/batches/<int:pk>/again/", batch.batch_again, name="batch_again"),
    path("documents/batches/<int:pk>/settle/", batch.batch_settle, name="batch_settle"),
    path("documents/batches/<int:pk>/merged.pdf", batch.batch_merged, name="batch_merged"),
    path("documents/batches/<int:pk>/documents.zip", batch.batch_zip, name="batch_zip"),
    path("documents/fonts/", fonts.font_list, name="font_list"),
    path("documents/types/", lists.document_type_list, name="document_type_list"),
    path("documents/of/<str:key>/", lists.document_list, name="document_list"),
    path("documents/of/<str:key>/new/", composing.document_create, name="document_create"),
    path("documents/of/<str:key>/file/", acts.document_register, name="document_register"),
    path("documents/<int:pk>/", lists.document_detail, name="document_detail"),
    path("documents/<int:pk>/edit/", composing.document_edit, name="document_edit"),
    path("documents/<int:pk>/text/", writing.document_text, name="document_text"),
    path("documents/<int:pk>/preview/", composing.document_preview, name="document_preview"),
    path("documents/<int:pk>/presence/", composing.document_presence, name="document_presence"),
    path("documents/<int:pk>/final/", composing.document_finalise, name="document_finalise"),
    path("documents/<int:pk>/reopen/", composing.document_reopen, name="document_reopen"),
    path("documents/<int:pk>/propose/", acts.document_submit, name="document_submit"),
    path("documents/<int:pk>/issue/", acts.document_issue, name="document_issue"),
    path("documents/<int:pk>/correct/", acts.document_correct, name="document_correct"),
    path("documents/<int:pk>/void/", acts.document_void, name="document_void"),
    path("documents/<int:pk>/file.pdf", files.document_pdf, name="document_pdf"),
    path("documents/<int:pk>/copy.docx", files.document_docx, name="document_docx"),
    path("documents/<int:pk>/page/<int:number>.png", files.document_page, name="document_page"),
    path("documents/<int:pk>/masking/", masking.document_masking, name="document_masking"),
    path("documents/<int:pk>/sources/", sourcing.document_sources, name="document_sources"),
    path(
        "documents/<int:pk>/sources/<slug:content>/<int:position>/",
        sourcing.sentence_sources,
        name="sentence_sources",
    ),
    path(
        "documents/<int:pk>/working-copy.pdf",
        sourcing.document_working_copy,
        name="document_working_copy",
    ),
    path("documents/<int:pk>/services/new/", serving.service_create, name="service_create"),
    path("documents/<int:pk>/services/split/", splitting.service_split, name="service_split"),
    path("services/", serving.service_list, name="service_list"),
    path("services/of/<str:key>/", serving.service_list, name="service_list"),
    path("services/<int:pk>/", serving.service_detail, name="service_detail"),
    path("services/<int:pk>/attempts/new/", serving.service_attempt, name="service_attempt"),
    path("services/<int:pk>/outcome/", serving.service_outcome, name="service_outcome"),
    path("services/<int:pk>/receipt.pdf", papers.service_receipt, name="service_receipt"),
    path("services/<int:pk>/envelope.pdf", papers.service_envelope, name="service_envelope"),
    path(
        "services/<int:pk>/express-form.pdf",
        papers.service_express_form,
        name="service_express_form",
    ),
    path(
        "services/of/<str:key>/certificate.pdf",
        papers.service_certificate,
        name="service_certificate",
    ),
    path(
        "documents/<int:pk>/services/certificate.pdf",
        papers.document_certificate,
        name="document_certificate",
    ),
    path(
        "documents/<int:pk>/services/envelopes.pdf",
        papers.document_envelopes,
        name="document_envelopes",
    ),
    path("documents/<int:pk>/services/labels.pdf", papers.document_labels, name="document_labels"),
    path(
        "cases/<str:key>/parties/<int:pk>/addresses/",
        serving.party_addresses,
        name="party_addresses",
    ),
    path(
        "cases/<str:key>/parties/<int:pk>/addresses/<int:form>/file/",
        serving.party_address_file,
        name="party_address_file",
    ),
    path("numbers/", numbers.number_register, name="number_register"),
    path("numbers/settings/", numbers.number_settings, name="number_settings"),
]
