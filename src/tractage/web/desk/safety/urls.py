"""Addresses of safety: the desk's, and under /recours/ the page of the person concerned."""

from django.urls import path

from tractage.web.desk.safety import (
    appeals,
    guard_rules,
    incidents,
    lists,
    log,
    now,
    own,
    reporting,
    reports,
    rule_files,
    sanctions,
    settings,
    waves,
)

DESK = "bureau/securite/"
urlpatterns = [
    path("recours/", own.door, name="appeal_door"),
    path("recours/<str:token>/", own.mine, name="my_sanctions"),
    path("oeuvres/<slug:slug>/signaler/", reporting.report_work, name="report_work"),
    path(DESK, now.safety, name="safety"),
    path(f"{DESK}palier/", now.step, name="step_ladder"),
    path(f"{DESK}incidents/", incidents.index, name="incidents"),
    path(f"{DESK}incidents/<int:pk>/", incidents.incident, name="incident"),
    path(f"{DESK}signalements/", reports.index, name="reports"),
    path(f"{DESK}signalements/<int:pk>/", reports.report, name="report"),
    path(f"{DESK}sanctions/", sanctions.index, name="sanctions"),
    path(f"{DESK}sanctions/nouvelle/", sanctions.new, name="new_sanction"),
    path(f"{DESK}sanctions/<int:pk>/", sanctions.sanction, name="sanction"),
    path(f"{DESK}vagues/<str:name>/", waves.wave, name="wave"),
    path(f"{DESK}recours/", appeals.index, name="appeals"),
    path(f"{DESK}recours/<int:pk>/", appeals.appeal, name="appeal"),
    path(f"{DESK}regles/", guard_rules.index, name="guard_rules"),
    path(f"{DESK}regles/nouvelle/", guard_rules.new, name="new_guard_rule"),
    path(f"{DESK}regles/<int:pk>/", guard_rules.rule, name="guard_rule"),
    path(f"{DESK}regles/prises/<int:pk>/", guard_rules.judge, name="judge_hit"),
    path(f"{DESK}regles/permis/", guard_rules.allowed_words, name="allowed_words"),
    path(f"{DESK}regles/fichier/", rule_files.rules_file, name="rules_file"),
    path(f"{DESK}regles/fichier/regles.toml", rule_files.export, name="rules_export"),
    path(f"{DESK}regles/historique/", rule_files.history, name="rules_history"),
    path(f"{DESK}listes/", lists.index, name="preventive_lists"),
    path(f"{DESK}reglages/", settings.change, name="guard_settings"),
    path(f"{DESK}journal/", log.log, name="safety_log"),
]
