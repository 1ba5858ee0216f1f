"""What stands under "The code that ran" is short, runs by itself, and gives the numbers of the page."""

from __future__ import annotations

import importlib
from functools import cache, partial
from itertools import islice, product, repeat
from typing import Any

import numpy as np
import pytest

from lessons import LESSONS
from lessons.information import fits
from lessons.information.beliefs import beliefs
from lessons.information.pictures import likelihood
from lessons.losses.model import PARAMS, X, judged
from lessons.names.model import two_of_them
from lessons.scores.model import workings
from lessons.train.reference import agreement, learning
from lessons.train.replay import build_configs, build_data
from lessons.train.scene import Scene, SceneRecipe, SceneSegment
from lessons.train.scene_rules import SCENE_HINGES
from softmax_core import TrainConfig, linear_scores, softmax_steps
from softmax_core.information import fit_over_l2
from softmax_core.linear import penalty
from softmax_core.notes import GOLD, recompute
from softmax_core.training import MODELS, OPTIMISERS, start_lockstep
from tests.lessons.conftest import open_page, said
from ui.reference import Reference
from ui.text import CODES, language

LINES, STEPS = 40, 20
#: What changes the code that the lesson on training shows.
LEARNING = list(product(MODELS, SCENE_HINGES, OPTIMISERS, (None, 16)))
each_way_to_learn = pytest.mark.parametrize(("model", "hinge", "optimiser", "batch_size"), LEARNING)


def scene(model: str, hinge: str, optimiser: str, batch_size: int | None) -> Scene:
    rate = 0.001 if optimiser != "adam" else 0.01
    segment = SceneSegment(optimiser=optimiser, rate=rate, batch_size=batch_size, l2=0.01)
    recipe = SceneRecipe(name="blobs", n_samples=60, noise=1.4)
    return Scene(recipe=recipe, model=model, hinge=hinge, n_hidden=8, segments=(segment,))


def configs(*way: Any) -> tuple[TrainConfig, TrainConfig]:
    asked = scene(*way)
    return build_configs(asked, asked.segments[0])


def shown() -> dict[str, Reference]:
    """Every box of every lesson, under all settings that change what stands in it."""
    found = {"train " + " ".join(map(str, way)): learning(configs(*way)) for way in LEARNING}
    for lesson in LESSONS:
        module = importlib.import_module(f"lessons.{lesson.slug}.reference")
        boxes = [thing for thing in vars(module).values() if isinstance(thing, Reference)]
        assert boxes or lesson.slug == "train", lesson.slug
        found |= {f"{lesson.slug} {box.name}".strip(): box for box in boxes}
    return found


SHOWN = shown()
each_box = pytest.mark.parametrize("name", SHOWN)


@cache
def executed(name: str) -> dict[str, Any]:
    """The functions as a reader gets them who copies the box behind "import numpy as np"."""
    functions: dict[str, Any] = {"np": np}
    exec(SHOWN[name].source, functions)  # noqa: S102 - this is what a reader does
    return functions


@each_box
def test_it_is_short_and_is_the_functions_that_the_lesson_names(name: str) -> None:
    assert len(SHOWN[name].source.splitlines()) <= LINES
    assert list(executed(name)) == ["np", "__builtins__", *(each.__name__ for each in SHOWN[name].functions)]


@each_box
def test_the_page_says_where_the_fast_code_is_and_how_close_it_is(name: str) -> None:
    box = SHOWN[name]
    for module in (*box.kernels, *box.modules):
        importlib.import_module(module)
    assert box.kernels
    for code in CODES:
        text = language(code)(box.agreement, **box.within)
        assert all(str(value) in text for value in box.within.values())


def close(found: Any, expected: Any, within: float = 1e-12, least: float = 1e-300) -> None:
    np.testing.assert_allclose(found, expected, rtol=within, atol=least)


@each_way_to_learn
def test_it_learns_what_the_page_shows_after_twenty_steps(
    model: str, hinge: str, optimiser: str, batch_size: int | None
) -> None:
    way = model, hinge, optimiser, batch_size
    functions, asked = executed("train " + " ".join(map(str, way))), scene(*way)
    data, pair = build_data(asked)[0], configs(*way)
    X = functions["quadratic_inputs"](data.X) if model == "quadratic" else data.X
    lock = start_lockstep(pair, data).reached(STEPS)
    for config, start, end in zip(pair, lock.at(0), lock.at(STEPS), strict=True):
        loss = {
            "cross_entropy": lambda f, y: functions["softmax_loss"](f, y),
            "weston_watkins": lambda f, y: functions["hinge_loss"](f, y, 1.0),
            "squared_weston_watkins": lambda f, y: functions["squared_hinge_loss"](f, y, 1.0),
        }[config.loss]
        of_model = functions["hidden_objective" if model == "hidden" else "linear_objective"]
        objective = partial(of_model, loss=loss, l2=config.l2)
        batches = (
            islice(functions["mini_batches"](X, data.labels, batch_size, config.seed, STEPS), STEPS)
            if batch_size
            else repeat((X, data.labels), STEPS)
        )
        params = [np.array(part) for part in start.params.values()]
        more = {"gradient_descent": (), "momentum": (0.9,), "adam": (0.9, 0.999, 1e-8)}[optimiser]
        functions[optimiser](params, batches, objective, config.rate, *more)
        least = agreement(config) * float(np.abs(end.theta).max())
        for found, expected in zip(params, end.params.values(), strict=True):
            close(found, expected, 0.0, least)
        value, slopes = objective(params, X, data.labels)
        assert value == pytest.approx(end.total, rel=100 * agreement(config))
        assert [slope.shape for slope in slopes] == [part.shape for part in params]


@pytest.mark.parametrize("scores", [[-2.85, 0.86, 0.28], [123.0, 456.0, 789.0], [9.0, 1.0, 0.0, -1.0, 2.0]])
def test_the_numbers_of_the_scores(scores: list[float]) -> None:
    run = executed("scores")
    work = workings([str(index) for index in range(len(scores))], scores, 2.0, 0.5)
    f = run["rescaled"](np.array(scores), 2.0, 0.5)
    close(f, work.rescaled)
    close(run["exponentials"](f), work.steps.exponentials)
    close(run["softmax"](f), work.probabilities)
    close([run["cross_entropy"](f, y) for y in range(len(f))], work.losses)


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_the_numbers_of_the_stability(dtype: str) -> None:
    run, scores = executed("stability"), [12.0, 45.5, 78.25]
    shifted, by_logs = (softmax_steps(scores, each, dtype) for each in ("shifted", "logsumexp"))
    f = np.array(scores, dtype)
    with np.errstate(all="ignore"):
        *_, total, probs, losses = run["softmax_by_steps"](f, -f.max())
        assert (total, *probs, *losses) == (shifted.total, *shifted.probs, *shifted.losses)
        assert run["losses_by_logs"](f)[0].tolist() == by_logs.losses.tolist()


@pytest.mark.parametrize(("margin", "true"), [(1.0, 2), (10.0, 0), (0.0, 1)])
def test_the_numbers_of_the_losses(margin: float, true: int) -> None:
    run = executed("losses")
    f = run["linear_scores"](PARAMS.W, np.array(X), PARAMS.b)
    close(f, linear_scores(PARAMS, X))
    case = judged(f.round(9).tolist(), true, margin)
    f = np.array(case.scores)
    close(run["hinge_terms"](f, true, margin), case.terms)
    close(run["hinge"](f, true, margin), case.hinge)
    close(run["hinge_gradient"](f, true, margin), case.hinge_gradient)
    close(run["cross_entropy"](f, true), case.cross_entropy)
    close(run["cross_entropy_gradient"](f, true), case.cross_entropy_gradient)


def test_the_numbers_of_the_names() -> None:
    run, case = executed("names"), two_of_them()
    f = np.array(case.scores)
    close(run["hinge"](f, case.true, 1.0), case.hinge)
    close(run["cross_entropy"](f, case.true), case.cross_entropy)
    close(run["sigmoid"](f[0] - f[1]), run["softmax"](f)[0])


def test_the_numbers_of_the_notes() -> None:
    run = executed("notes")
    computed = {
        "linear_scores": lambda W, x, b: run["linear_scores"](np.transpose(W), np.array(x), np.array(b)),
        "hinge": lambda scores, labels, margin: [run["hinge"](np.array(scores), labels, margin)],
        "probabilities": lambda scores: run["softmax"](np.array(scores)),
        "cross_entropy": lambda scores, labels: [run["cross_entropy"](np.array(scores), labels)],
        "gradient": lambda scores, labels: run["cross_entropy_gradient"](np.array(scores), labels),
    }
    rows = [row for row in GOLD if row.quantity in computed]
    assert {row.quantity for row in rows} == computed.keys()
    for row in rows:
        found, values = recompute(row), computed[row.quantity](**row.inputs)
        close(values, found.values)
        pairs = zip(row.printed, values, strict=True)
        assert tuple(run["agrees"](*pair) for pair in pairs) == found.agrees
    assert run["penalty"](np.array([0.7]), 0.1, True)[0] == penalty([0.7], 0.1, True).value


@pytest.mark.parametrize(("symbol", "log"), [("nat", np.log), ("bit", np.log2)])
def test_the_numbers_of_the_bar(symbol: str, log: np.ufunc) -> None:
    run, p, q = executed("information bar"), np.array([0.6, 0.3, 0.1]), np.array([0.2, 0.3, 0.5])
    case = beliefs(p.tolist(), q.tolist(), 0.25, symbol)
    p = run["smoothed"](p, 0.25)
    close(p, case.p)
    close(run["surprisal"](q, log), case.lengths)
    close(run["entropy"](p, log), case.entropy)
    close(run["distribution_cross_entropy"](p, q, log), case.cross_entropy)
    close(run["kl_divergence"](p, q, log), case.kl)


@pytest.mark.parametrize("n_samples", [30, 1000])
def test_the_numbers_of_the_likelihood(n_samples: int) -> None:
    run, data = executed("information likelihood"), likelihood.samples(n_samples)
    best = fit_over_l2(data, [likelihood.TINY_L2])[0].params
    f = run["linear_scores"](best.W, data.X, best.b)
    page = likelihood.runs(n_samples)[1]
    close(run["running_log_likelihood"](f, data.labels)[-1], page.log_likelihood)
    close(run["label_losses"](f, data.labels).mean(), page.mean_loss)
    for dtype, found in page.by_format.items():
        zeros = np.flatnonzero(run["running_product"](f, data.labels, dtype) == 0)
        assert (int(zeros[0]) + 1 if len(zeros) else None) == found.first_zero


@pytest.mark.parametrize("l2", [1e-5, 0.01, 1.0])
def test_the_numbers_of_the_prior_and_of_the_sureness(l2: float) -> None:
    run, n, data, unseen = executed("information prior"), 30, fits.training(30), fits.unseen()
    here, page = fits.at(n, l2), fits.posteriors(n, l2)["Ŵ"]
    given = here.fit.params.W, here.fit.params.b, data.X, data.labels, l2
    close(run["log_posterior"](*given), page.log_posterior)
    close(run["scaled_objective"](*given), page.scaled_objective)
    close(run["log_prior"](given[0], page.variance), page.log_prior)

    run, within = executed("information sureness"), SHOWN["information sureness"].within["error"]
    theta = run["newton"](data.X, data.labels, l2, np.zeros((3, 3)), 20)
    p = run["softmax"](np.column_stack([unseen.X, np.ones(len(unseen.X))]) @ theta)
    close(np.linalg.norm(theta[:-1]), here.fit.norm, within)
    close(p.max(axis=1).mean(), here.confidence, within)
    close(np.mean([run["entropy"](row, np.log) for row in p]), here.entropy, within)
    close(run["calibration_error"](p, p.argmax(axis=1) == unseen.labels, 10), here.calibration_error, within)
    by_chance = run["errors_by_chance"](p, 10, 1000, 0)
    close(np.mean(by_chance), fits.checked(n, l2).chance, within)


@pytest.mark.parametrize("lang", CODES)
def test_a_reader_who_opens_the_box_sees_the_code_of_these_settings(lang: str) -> None:
    at = open_page("train", lang, model="hidden", opt="Adam", hinge="H²", batch="10")
    at.session_state["code-train-"] = True
    at.run()
    box = SHOWN["train hidden squared_weston_watkins adam 16"]
    assert box.source in [code.value for code in at.code]
    assert all(f"`{module}`" in said(at) for module in (*box.kernels, *box.modules))
