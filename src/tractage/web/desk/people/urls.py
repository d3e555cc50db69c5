"""Addresses about people."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from tractage.web.desk.people import data, discord_doors, doors, members, profile

urlpatterns: list[URLPattern | URLResolver] = [
    path("rejoindre/", doors.join_page, name="join"),
    path("connexion/", doors.Login.as_view(), name="login"),
    path("deconnexion/", doors.Logout.as_view(), name="logout"),
    path("code-de-secours/", doors.recover_page, name="recover"),
    path("discord/entrer/<str:token>/", discord_doors.enter, name="discord_enter"),
    path("discord/relier/<str:token>/", discord_doors.link, name="discord_link"),
    path("charte/", profile.charter, name="charter"),
    path("moi/", profile.account, name="account"),
    path("moi/mot-de-passe/", profile.password, name="password"),
    path("moi/codes/", profile.codes, name="codes"),
    path("moi/donnees/", data.export, name="export"),
    path("moi/effacer/", data.erase_page, name="erase"),
    path("membres/<int:pk>/", members.page, name="member"),
    path("bureau/membres/", members.index, name="members"),
    path("bureau/membres/<int:pk>/", members.standing, name="standing"),
]

if settings.TRACTAGE.discord_client_id:
    urlpatterns += [
        path("", include("allauth.socialaccount.providers.discord.urls")),
        path("discord/annule/", doors.discord_left, name="socialaccount_login_cancelled"),
        path("discord/erreur/", doors.discord_left, name="socialaccount_login_error"),
        path("discord/", doors.to_account, name="socialaccount_connections"),
        path("discord/inscription/", doors.to_account, name="socialaccount_signup"),
        path("discord/connexion/", doors.Login.as_view(), name="account_login"),
        path("discord/rejoindre/", doors.join_page, name="account_signup"),
        path("discord/ferme/", doors.discord_left, name="account_inactive"),
    ]
