"""Addresses about the campaign's settings, under /bureau/."""

from django.urls import path

from tractage.web.desk.campaign import lists, pages

urlpatterns = [
    path("reglages/", pages.words, name="settings"),
    path("reglages/couleurs/", pages.colours, name="settings_kit"),
    path("reglages/charte/", lists.charter, name="settings_charter"),
    path("reglages/partenaires/", lists.partners, name="settings_partners"),
    path("reglages/comptes/", lists.costs, name="settings_costs"),
    path("reglages/comptes/retirer/", lists.remove, name="settings_cost_removed"),
]
