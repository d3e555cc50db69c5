"""The command may be asked for one noun, then for another, in one process."""

from tractage.cli.main import NOUNS, mount


def test_a_noun_asked_first_does_not_hide_the_others() -> None:
    mount("law")
    mount("polls")
    found = mount()
    names = [group.name for group in found.registered_groups]
    assert sorted(filter(None, names)) == sorted(NOUNS)
    commands = len(found.registered_commands)
    assert commands > 3
    again = mount()
    assert len(again.registered_groups) == len(NOUNS)
    assert len(again.registered_commands) == commands
