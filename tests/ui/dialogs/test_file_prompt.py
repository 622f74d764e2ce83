import pytest

from nntui.ui.dialogs.file_prompt import FilePrompt


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("moons.toml", "spiral.toml", "points.csv"):
        (tmp_path / name).touch()
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "deep.toml").touch()
    return tmp_path


@pytest.fixture
def taken():
    return []


@pytest.fixture
def submit(taken):
    def take(path, told):
        taken.append(path)
        told("")

    return take


def test_the_files_are_listed_and_can_be_chosen(open_dialog, folder, taken, submit):
    async def story(app, hands):
        assert "moons.toml" in app.text
        assert "points.csv" not in app.text
        await hands.press("down", "down", "enter")
        assert taken == ["spiral.toml"]
        assert not app.is_open

    open_dialog(lambda: FilePrompt("Open", "", submit), story)


def test_a_directory_is_gone_into(open_dialog, folder, taken, submit):
    async def story(app, hands):
        await hands.press("up", "enter")
        assert app.is_open
        assert "deep.toml" in app.text
        await hands.press("down", "enter")
        assert taken == ["more/deep.toml"]

    open_dialog(lambda: FilePrompt("Open", "", submit), story)


def test_tab_completes(open_dialog, folder, taken, submit):
    async def story(app, hands):
        await hands.press("s", "tab", "enter")
        assert taken == ["spiral.toml"]

    open_dialog(lambda: FilePrompt("Open", "", submit), story)


def test_what_is_typed_counts_where_nothing_is_chosen(open_dialog, folder, taken, submit):
    async def story(app, hands):
        await hands.type("./other")
        await hands.press("enter")
        assert taken == ["./other"]

    open_dialog(lambda: FilePrompt("Open", "", submit), story)


def test_a_chosen_file_that_is_refused_keeps_its_reason(open_dialog, folder):
    async def story(app, hands):
        await hands.press("down", "enter")
        assert app.is_open
        assert "line 3" in app.text
        assert app.dialog.input.value == "moons.toml"

    open_dialog(
        lambda: FilePrompt("Open", "", lambda _, told: told("moons.toml, line 3: what?")), story
    )


def test_a_new_file_gets_its_ending(open_dialog, folder, taken, submit):
    async def story(app, hands):
        await hands.type("mine")
        await hands.press("enter")
        assert taken == ["mine.toml"]

    open_dialog(lambda: FilePrompt("Save", "experiment.toml", submit, saves=True), story)


def test_a_file_is_overwritten_at_the_second_enter_only(open_dialog, folder, taken, submit):
    async def story(app, hands):
        await hands.press("enter")
        assert taken == []
        assert "is there already" in app.text
        await hands.press("enter")
        assert taken == ["moons.toml"]

    open_dialog(lambda: FilePrompt("Save", "moons.toml", submit, saves=True), story)


def test_another_name_is_asked_about_again(open_dialog, folder, taken, submit):
    async def story(app, hands):
        await hands.press("enter")
        await hands.type("spiral")
        await hands.press("enter")
        assert taken == []
        assert '"spiral.toml" is there already' in app.text

    open_dialog(lambda: FilePrompt("Save", "moons.toml", submit, saves=True), story)


def test_the_home_directory_is_written_out(open_dialog, folder, monkeypatch, taken, submit):
    monkeypatch.setenv("HOME", str(folder))

    async def story(app, hands):
        await hands.type("~/new.toml")
        await hands.press("enter")
        assert taken == [f"{folder}/new.toml"]

    open_dialog(lambda: FilePrompt("Save", "", submit, saves=True), story)


def test_no_name_is_no_file(open_dialog, folder, taken, submit):
    async def story(app, hands):
        await hands.press("enter")
        assert taken == []
        assert "expected the name of a file" in app.text

    open_dialog(lambda: FilePrompt("Save", "", submit, saves=True), story)
