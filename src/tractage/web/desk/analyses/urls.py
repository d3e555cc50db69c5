"""Addresses of analyses, under /bureau/."""

from django.urls import path

from tractage.web.desk.analyses import giving, reading, telling

urlpatterns = [
    path("analyses/", reading.listed, name="analyses"),
    path("analyses/nouvelle/", giving.new, name="new_analysis"),
    path("analyses/<int:pk>/", reading.page, name="analysis"),
    path("analyses/<int:pk>/avancement/", reading.progress, name="analysis_progress"),
    path("analyses/<int:pk>/rapport/", reading.report, name="analysis_report"),
    path("analyses/<int:pk>/fichiers/<str:name>", reading.file, name="analysis_file"),
    path("analyses/<int:pk>/arreter/", giving.stop, name="stop_analysis"),
    path("analyses/<int:pk>/reprendre/", giving.restart, name="restart_analysis"),
    path("analyses/<int:pk>/accord/", telling.agree, name="agree_analysis"),
    path("analyses/<int:pk>/retirer/", telling.withdraw, name="withdraw_analysis"),
    path("analyses/<int:pk>/supprimer/", telling.remove, name="remove_analysis"),
]
