"""Addresses of this room. Of the login library only what is listed here is reachable."""

from __future__ import annotations

from allauth.account import views as library
from django.urls import path

from accounts.views import absences, offices, own, people, rights

urlpatterns = [
    path("login/", library.login, name="account_login"),
    path("logout/", library.logout, name="account_logout"),
    path("reauthenticate/", library.reauthenticate, name="account_reauthenticate"),
    path("language/", own.set_language, name="set_language"),
    path("me/", own.Profile.as_view(), name="preferences"),
    path("me/password/", own.PasswordChange.as_view(), name="account_change_password"),
    path("me/sessions/", own.Sessions.as_view(), name="usersessions_list"),
    path("me/sessions/end/", own.OwnSessionsEnd.as_view(), name="own_sessions_end"),
    path("me/sessions/<int:pk>/end/", own.OwnSessionEnd.as_view(), name="own_session_end"),
    path("me/delegations/new/", rights.OwnDelegationCreate.as_view(), name="own_delegation_create"),
    path("offices/", offices.OfficeList.as_view(), name="office_list"),
    path("offices/new/", offices.OfficeCreate.as_view(), name="office_create"),
    path("offices/<int:pk>/", offices.OfficeDetail.as_view(), name="office_detail"),
    path("offices/<int:pk>/change/", offices.OfficeEdit.as_view(), name="office_edit"),
    path("offices/<int:pk>/close/", offices.OfficeClose.as_view(), name="office_close"),
    path(
        "offices/<int:pk>/departments/new/",
        offices.DepartmentCreate.as_view(),
        name="department_create",
    ),
    path(
        "offices/<int:pk>/departments/<int:department>/",
        offices.DepartmentEdit.as_view(),
        name="department_edit",
    ),
    path("people/", people.UserList.as_view(), name="user_list"),
    path("people/new/", people.UserCreate.as_view(), name="user_create"),
    path("people/<int:pk>/", people.UserDetail.as_view(), name="user_detail"),
    path("people/<int:pk>/change/", people.UserEdit.as_view(), name="user_edit"),
    path("people/<int:pk>/deactivate/", people.UserDeactivate.as_view(), name="user_deactivate"),
    path("people/<int:pk>/activate/", people.UserActivate.as_view(), name="user_activate"),
    path("people/<int:pk>/password/", people.PasswordReset.as_view(), name="user_password_reset"),
    path("people/<int:pk>/unlock/", people.UserUnlock.as_view(), name="user_unlock"),
    path("people/<int:pk>/sessions/end/", people.SessionsEnd.as_view(), name="user_sessions_end"),
    path(
        "people/<int:pk>/sessions/<int:session>/end/",
        people.SessionEnd.as_view(),
        name="user_session_end",
    ),
    path("people/<int:pk>/roles/new/", rights.RoleGrantCreate.as_view(), name="role_grant_create"),
    path(
        "people/<int:pk>/roles/<int:grant>/revoke/",
        rights.RoleGrantRevoke.as_view(),
        name="role_grant_revoke",
    ),
    path(
        "people/<int:pk>/delegations/new/",
        rights.DelegationCreateFor.as_view(),
        name="delegation_create",
    ),
    path(
        "delegations/<int:pk>/revoke/", rights.DelegationRevoke.as_view(), name="delegation_revoke"
    ),
    path("me/absences/new/", absences.OwnAbsenceCreate.as_view(), name="own_absence_create"),
    path(
        "people/<int:pk>/absences/new/",
        absences.AbsenceCreateFor.as_view(),
        name="absence_create",
    ),
    path("absences/<int:pk>/end/", absences.AbsenceEnd.as_view(), name="absence_end"),
    path("signing/", rights.SigningList.as_view(), name="signing_list"),
    path("signing/new/", rights.SigningCreate.as_view(), name="signing_create"),
    path("signing/<int:pk>/revoke/", rights.SigningRevoke.as_view(), name="signing_revoke"),
]
