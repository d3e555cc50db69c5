"""Addresses about works, under /bureau/."""

from django.urls import path

from tractage.web.desk.works import making, pages, reading, releasing

urlpatterns = [
    path("mes-oeuvres/", pages.mine, name="my_works"),
    path("oeuvres/nouvelle/", making.new, name="new_work"),
    path("oeuvres/<int:pk>/", pages.work_page, name="desk_work"),
    path("oeuvres/<int:pk>/changer/", making.change, name="change_work"),
    path("oeuvres/<int:pk>/avancement/", pages.progress, name="work_progress"),
    path("oeuvres/<int:pk>/fichiers/<int:edition>/", pages.file, name="work_file"),
    path("oeuvres/<int:pk>/publier/", releasing.release, name="release_work"),
    path("oeuvres/<int:pk>/apres-le-silence/", releasing.schedule, name="schedule_work"),
    path("oeuvres/<int:pk>/reprendre/", releasing.restart, name="restart_press"),
    path("oeuvres/<int:pk>/rappeler/", releasing.recall, name="recall_work"),
    path("a-publier/", releasing.shelf, name="shelf"),
    path("relecture/", reading.queue, name="review_queue"),
    path("relecture/<int:pk>/", reading.read, name="review_work"),
]
