"""Courts and eligible subjects for programs, to read."""

from __future__ import annotations

from typing import ClassVar

from django.db.models import QuerySet
from rest_framework import mixins

from accounts.viewsets import ActorViewSet
from litigation.models import Court, EligibleSubject
from litigation.serializers import CourtSerializer, EligibleSubjectSerializer


class CourtViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ActorViewSet):
    """The table of courts: what hears public-interest suits of personal information, and since when."""

    queryset: QuerySet[Court] = Court.objects.all()
    serializer_class = CourtSerializer
    ordering: ClassVar = ("name",)


class EligibleSubjectViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ActorViewSet):
    """Who beside a procuratorate may bring such a suit (CPL 58; PIPL 70), with source and date."""

    queryset: QuerySet[EligibleSubject] = EligibleSubject.objects.all()
    serializer_class = EligibleSubjectSerializer
    ordering: ClassVar = ("name",)
