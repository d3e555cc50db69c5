"""Addresses about operations, under /bureau/."""

from django.urls import path

from tractage.web.desk.operations import express, following, pages, papers, people, planning

urlpatterns = [
    path("operations/", pages.index, name="operations"),
    path("operations/nouvelle/", planning.new, name="new_operation"),
    path("operations/<int:pk>/", pages.page, name="operation"),
    path("operations/<int:pk>/changer/", planning.change, name="change_operation"),
    path("operations/<int:pk>/prevoir/", planning.publish, name="publish_operation"),
    path("operations/<int:pk>/annuler/", planning.cancel, name="cancel_operation"),
    path("operations/<int:pk>/public/", planning.public, name="open_operation"),
    path("operations/<int:pk>/participer/", people.join, name="join_operation"),
    path("operations/<int:pk>/quitter/", people.leave, name="leave_operation"),
    path("operations/<int:pk>/mot/", people.word, name="tell_operation"),
    path("operations/<int:pk>/ligne/", people.new_line, name="new_step"),
    path("operations/<int:pk>/personnalite/", people.new_guest, name="new_guest"),
    path("lignes/<int:pk>/cocher/", people.tick, name="tick_step"),
    path("lignes/<int:pk>/retirer/", people.remove_line, name="remove_step"),
    path("personnalites/<int:pk>/retirer/", people.guest_off, name="guest_off"),
    path("operations/<int:pk>/fiche.pdf", papers.sheet, name="operation_sheet"),
    path("operations/<int:pk>/agenda.ics", papers.ics, name="operation_ics"),
    path("operations/<int:pk>/direct/", following.live, name="operation_live"),
    path("operations/<int:pk>/bilan/", following.post_mortem, name="post_mortem"),
    path("operations/<int:pk>/bilan/ecrire/", following.write, name="write_post_mortem"),
    path("plan-express/", express.page, name="express_plan"),
    path("plan-express/faire/", express.make, name="make_express_plan"),
    path("plan-express/defaire/", express.undo, name="undo_express_plan"),
]
