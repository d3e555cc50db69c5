"""Addresses about missions, under /bureau/."""

from django.urls import path

from tractage.web.desk.missions import board, claims, pages, writing

urlpatterns = [
    path("", board.board, name="board"),
    path("premiere/", board.first, name="first_missions"),
    path("mes-missions/", claims.mine, name="my_missions"),
    path("missions/<int:pk>/", pages.brief_page, name="brief"),
    path("missions/<int:pk>/prendre/", claims.take, name="take"),
    path("languettes/<int:pk>/rendre/", claims.give_back, name="give_back"),
    path("languettes/<int:pk>/passer/", claims.pass_on, name="pass_on"),
    path("languettes/<int:pk>/garder/", claims.keep, name="keep"),
    path("languettes/<int:pk>/accepter/", claims.accept, name="accept_offer"),
    path("languettes/<int:pk>/decliner/", claims.decline, name="decline_offer"),
    path("missions/nouvelle/", writing.new, name="new_brief"),
    path("missions/<int:pk>/changer/", writing.change, name="change_brief"),
    path("missions/<int:pk>/variante/", writing.fork, name="fork_brief"),
    path("missions/<int:pk>/ouvrir/", writing.open_or_close, name="open_brief"),
]
