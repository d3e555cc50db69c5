"""Three layouts of poll tables, and the traps in them."""

import os
from pathlib import Path

import pytest

from tractage.adapters.polls.sources import read_polls
from tractage.adapters.polls.table import long_format, write_whole
from tractage.domain.elections.polls import missing_mentions
from tractage.domain.errors import InputError

RAW = Path(os.environ.get("TRACTAGE_RAW") or Path(__file__).parents[4] / "shared/data") / "polls"

NSPPOLLS = """candidat,parti,intentions,erreur_sup,erreur_inf,id,nom_institut,commanditaire,debut_enquete,\
fin_enquete,echantillon,population,rolling,media,tour,hypothese,sous_echantillon
Alix,P,40.0,43.0,37.0,a1,Opinion Way,"Un, Deux",2022-01-02,2022-01-05,1501,I,True,True,Premier tour,,1245.8
Béa,P,60.0,63.0,57.0,a1,Opinion Way,"Un, Deux",2022-01-02,2022-01-05,1501,I,True,True,Premier tour,,1245.8
Alix,P,45.0,48.0,42.0,a1,Opinion Way,"Un, Deux",2022-01-02,2022-01-05,1501,I,True,True,Deuxième tour,Duel,1000
Béa,P,55.0,58.0,52.0,a1,Opinion Way,"Un, Deux",2022-01-02,2022-01-05,1501,I,True,True,Deuxième tour,Duel,1000
Alix,P,30.0,33.0,27.0,b2,Elabe,,2022-01-02,2022-01-05,900,I,False,False,Premier tour,,800
Béa,P,50.0,53.0,47.0,b2,Elabe,,2022-01-02,2022-01-05,900,I,False,False,Premier tour,,800
"""
MIEUXVOTER = """poll_id,hypothese,nom_institut,commanditaire,debut_enquete,fin_enquete,echantillon,\
population,rolling,tour,complete_name,intentions,erreur_sup,erreur_inf
p_A,H1,IFOP,Journal,2026-01-02,2026-01-05,1000,adultes,,1er Tour,Alix,60,3,-3
p_A,H1,IFOP,Journal,2026-01-02,2026-01-05,1000,adultes,,1er Tour,Béa,40,3,0.005
q_A,H2,verian,Journal,2026-02-02,2026-02-05,1000,adultes,,1er Tour,Alix,60,3,-3
q_A,H2,verian,Journal,2026-02-02,2026-02-05,1000,adultes,,1er Tour,Béa,40,3,-3
r_A,H1,ODOXA,Journal,2026-02-02,2026-02-05,1000,adultes,,1er Tour,Alix,60,3,-3
r_A,H1,ODOXA,Journal,2026-02-02,2026-02-05,1000,adultes,,1er Tour,Béa,40,3,-3
"""


@pytest.fixture
def write(tmp_path: Path):
    def write_file(text: str, name: str = "polls.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write_file


def test_nsppolls_is_read_by_poll_and_round(write) -> None:
    found = read_polls(write(NSPPOLLS))
    assert found.source == "nsppolls"
    first, second = found.polls
    assert (first.institute, first.sponsor, first.round, first.rolling) == ("OpinionWay", "Un, Deux", 1, True)
    assert (first.sample, first.interviews, first.margin("Alix")) == (1501, 1245.8, 3.0)
    assert second.round == 2
    assert found.left_out == (("b2", "shares sum to 80", "sum", "80"),)


def test_mieuxvoter_margins_are_half_widths(write) -> None:
    found = read_polls(write(MIEUXVOTER))
    assert [poll.institute for poll in found.polls] == ["Ifop", "Verian", "Odoxa"]
    assert [share[1:] for share in found.polls[0].shares] == [(60.0, 57.0, 63.0), (40.0, 37.0, 43.0)]


def test_mieuxvoter_companions_tell_wishes_and_parts_of_the_population(write) -> None:
    write(
        "id_hypothese,hypothese_complete,commentaire\nH1,x,\nH2,x,souhait de victoire\n",
        "mieuxvoter_hypotheses.csv",
    )
    write(
        "poll_id,hypothese,sous_population1\np_A,H1,inscrits\nq_A,H2,inscrits\nr_A,H1,personnes LGBT+\n",
        "mieuxvoter_polls.csv",
    )
    found = read_polls(write(MIEUXVOTER))
    assert [poll.id for poll in found.polls] == ["p_A/H1"]
    assert [tuple(one) for one in found.left_out] == [
        ("q_A/H2", "asked for wishes, not intentions", "wishes", ""),
        ("r_A/H1", "asked a part of the population: personnes LGBT+", "part", "personnes LGBT+"),
    ]


def test_the_long_format_is_read_back_as_it_was_written(write, tmp_path: Path) -> None:
    polls = read_polls(write(NSPPOLLS)).polls
    path = tmp_path / "long.csv"
    write_whole(path, long_format(polls))
    again = read_polls(path)
    assert again.source == "long format"
    assert again.polls == polls
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("40.0,43.0", "quarante,43.0", r"polls.csv, line 2, intentions: found 'quarante'; expected a number"),
        ("40.0,43.0", "140.0,43.0", r"line 2, intentions: found '140.0'"),
        ("2022-01-02", "02/01/2022", r"line 2, debut_enquete: found '02/01/2022'; expected a date"),
        ("2022-01-02", "2022-02-02", r"line 2, debut_enquete: .*expected a day up to 2022-01-05"),
        ("1501", "-4", r"line 2, echantillon: found '-4'"),
        ("Premier tour", "Tour", r"line 2, tour: found 'Tour'; expected a first or second round"),
        ("Béa,P,60.0", "Alix,P,60.0", r"line 2, candidat: found 'Alix'; expected each candidate once"),
        ("Béa,P,60.0", "Béa,60.0", r"line 3: 16 cells; expected 17"),
        ("candidat,parti", "nom,parti", r"columns nom, parti, .*expected a table of MieuxVoter"),
    ],
)
def test_a_wrong_cell_is_named(write, old: str, new: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_polls(write(NSPPOLLS.replace(old, new)))


def test_a_file_that_is_no_table_is_refused(write, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="empty"):
        read_polls(write(""))
    (tmp_path / "x.bin").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not a UTF-8"):
        read_polls(tmp_path / "x.bin")
    with pytest.raises(InputError, match="a folder"):
        read_polls(tmp_path)


@pytest.mark.skipif(not RAW.is_dir(), reason="needs the poll tables (TRACTAGE_RAW)")
def test_the_two_published_tables() -> None:
    old = read_polls(RAW / "nsppolls_presidentielle_2022.csv")
    assert len({poll.id.split("/")[0] for poll in old.polls if poll.round == 1}) == 351
    assert old.left_out == ()
    new = read_polls(RAW / "mieuxvoter_presidentielle2027.csv")
    assert (len(new.polls), len(new.left_out)) == (170, 2)
    assert not [poll.id for poll in new.polls if missing_mentions(poll)]
