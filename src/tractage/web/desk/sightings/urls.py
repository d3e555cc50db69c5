"""Addresses about what was seen, under /bureau/."""

from django.urls import path

from tractage.web.desk.sightings import audit, lists, posts, reach

urlpatterns = [
    path("vus/", lists.index, name="sightings"),
    path("vus/a-confirmer/", lists.waiting, name="sightings_waiting"),
    path("vus/<int:pk>/", posts.page, name="post_seen"),
    path("vus/<int:pk>/vues/", posts.read_views, name="read_views"),
    path("vus/<int:pk>/fusionner/", posts.merge, name="merge_post"),
    path("vus/<int:pk>/separer/", posts.unmerge, name="unmerge_post"),
    path("signalements/<int:pk>/confirmer/", lists.confirm, name="confirm_sighting"),
    path("signalements/<int:pk>/ecarter/", lists.dismiss, name="dismiss_sighting"),
    path("signalements/<int:pk>/reprendre/", lists.undo, name="undo_sighting"),
    path("signalements/<int:pk>/capture/", lists.proof, name="sighting_proof"),
    path("recherches/", audit.index, name="audits"),
    path("recherches/tirer/", audit.draw, name="draw_audit"),
    path("recherches/prendre/", audit.take, name="take_audit"),
    path("recherches/<int:pk>/", audit.task_page, name="audit_task"),
    path("recherches/<int:pk>/faite/", audit.finish, name="finish_audit"),
    path("recherches/<int:pk>/rendre/", audit.give_back, name="give_back_audit"),
    path("portee/", reach.dashboard, name="reach"),
    path("portee/estimer/", reach.ask, name="ask_reach"),
    path("portee/<int:pk>/avancement/", reach.progress, name="reach_progress"),
    path("portee/<int:pk>/annuler/", reach.cancel, name="cancel_reach"),
    path("portee/<int:pk>/ouvrir/", reach.open_to_all, name="open_reach"),
    path("portee/<int:pk>/graphique.svg", reach.chart, name="reach_chart"),
    path("portee/<int:pk>/publications.csv", reach.table, name="reach_table"),
]
