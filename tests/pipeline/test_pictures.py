"""Pictures of the links on the ways of simulated visitors."""

from dataclasses import replace
from pathlib import Path

from PIL import Image

from auditor.model.facts import Box
from auditor.model.findability import Findability, TaskResult
from auditor.model.vocabulary import Viewport
from auditor.pipeline.pictures import STEPS_SHOWN, task_crops
from auditor.reporting.crops import Shot
from tests.reporting.sample_tasks import START, sample_tasks

LINK = Box(16, 60, 120, 24)


def _shots(folder: Path) -> Shot:
    path = folder / "shot.png"
    Image.new("RGB", (390, 800), "#ffffff").save(path)
    return Shot(path, 1.0)


def _task(identifier: str, steps: int = 3) -> TaskResult:
    task = next(task for task in sample_tasks().tasks if task.id == "bidrag")
    view = task.views[0]
    path = tuple(
        replace(view.path[0], page=f"{START}{number}/", selector=f"#l{number}", box=LINK) for number in range(steps)
    )
    return replace(task, id=identifier, views=(replace(view, path=path),))


def _crops(tmp_path: Path, *tasks: TaskResult) -> dict[str, str]:
    (tmp_path / "bilder").mkdir(exist_ok=True)
    shot = _shots(tmp_path)
    found = task_crops(Findability(tasks=tasks), lambda url, viewport: shot, tmp_path)
    return {key: crop.file for key, crop in found.items()}


def test_the_links_that_won_and_lost_and_each_step_have_a_picture(tmp_path: Path) -> None:
    crops = _crops(tmp_path, _task("bidrag"))
    phone = f"bidrag:{Viewport.PHONE}"
    assert set(crops) == {f"{phone}:{which}" for which in ("wrong", "right", "0", "1", "2")}
    assert all((tmp_path / name).is_file() for name in crops.values())


def test_tasks_that_share_a_link_share_its_picture(tmp_path: Path) -> None:
    crops = _crops(tmp_path, _task("bidrag"), _task("hall"))
    assert len(crops) == 10
    assert len(set(crops.values())) == len(list((tmp_path / "bilder").glob("lank-*.webp"))) == 5


def test_long_ways_have_pictures_of_their_first_steps_only(tmp_path: Path) -> None:
    crops = _crops(tmp_path, _task("bidrag", steps=20))
    assert sum(key.rsplit(":", 1)[1].isdigit() for key in crops) == STEPS_SHOWN


def test_a_task_that_is_found_or_has_no_screenshot_has_no_picture(tmp_path: Path) -> None:
    task = _task("bidrag")
    found = replace(task, views=(replace(task.views[0], explanation=None),))
    assert _crops(tmp_path, found) == {}
    assert task_crops(Findability(tasks=(task,)), lambda url, viewport: None, tmp_path) == {}
