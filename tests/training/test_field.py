"""What the network answers over the plane: equal to asking it point by point."""

import numpy as np
import pytest

from nntui.engine.inference import Answers
from nntui.training.field import winners_and_confidence
from nntui.training.model import Model
from nntui.training.observer import Observer
from nntui.training.snapshot import (
    CONFIDENCE_LEVELS,
    ClassField,
    CurveField,
    FieldRequest,
    Plane,
    ValueField,
)
from nntui.training.targets import TargetCoding
from nntui.training.trainer import Trainer

SQUARE = FieldRequest(columns=7, rows=5, x_low=-1.4, x_high=1.4, y_low=-1.0, y_high=1.0)
PERCEPTRON = {"layers": [], "optimizer": {"name": "perceptron"}}
CLASSES = [
    pytest.param({"data.source": "spiral"}, id="three-classes"),
    pytest.param({}, id="two-classes-softmax"),
    pytest.param({"output.activation": "sigmoid"}, id="one-sigmoid"),
    pytest.param({"output.activation": "tanh"}, id="one-tanh"),
    pytest.param({"data.source": "spiral", "output.activation": "tanh"}, id="three-tanh"),
    pytest.param({"data.source": "spiral", "output.activation": "sigmoid"}, id="three-sigmoid"),
    pytest.param({"data.source": "spiral", "output.activation": "linear"}, id="three-linear"),
    pytest.param(PERCEPTRON, id="perceptron"),
    pytest.param({"data.features": ("x1", "x2", "x1^2", "sin(x2)")}, id="features"),
    pytest.param({"data.standardize": False, "dtype": "float64"}, id="float64-not-standardized"),
]


def trained(experiment, steps=60):
    trainer = Trainer(experiment)
    trainer.train(steps)
    return trainer


def centres(request):
    """List the pixels' centres, row by row from the top, by counting half pixels."""
    width = (request.x_high - request.x_low) / request.columns
    height = (request.y_high - request.y_low) / request.rows
    return np.array(
        [
            [request.x_low + (column + 0.5) * width, request.y_high - (row + 0.5) * height]
            for row in range(request.rows)
            for column in range(request.columns)
        ]
    )


class TestClasses:
    @pytest.mark.parametrize("keys", CLASSES)
    def test_the_winners_are_what_the_model_predicts(self, small, keys):
        trainer = trained(small(keys))
        field = Observer(trainer).field(Plane(), SQUARE)
        assert isinstance(field, ClassField)
        assert field.request == SQUARE
        expected = Model.of(trainer).predict(centres(SQUARE)).classes
        assert field.winners.tolist() == expected.reshape(5, 7).tolist()
        assert len(np.unique(field.winners)) > 1  # the picture shows a boundary at all

    @pytest.mark.parametrize("keys", CLASSES[:3])
    def test_confidence_grows_with_the_probability(self, small, keys):
        trainer = trained(small(keys))
        field = Observer(trainer).field(Plane(), SQUARE)
        outputs = Model.of(trainer).predict(centres(SQUARE)).outputs
        classes = outputs.shape[1]
        for probability, level in zip(outputs.max(axis=1), field.confidence.ravel(), strict=True):
            share = (probability - 1 / classes) / (1 - 1 / classes)
            assert level - 1e-3 <= share * 8 <= level + 1 + 1e-3

    def test_a_step_output_knows_no_doubt(self, small):
        field = Observer(trained(small(PERCEPTRON))).field(Plane(), SQUARE)
        assert (field.confidence == CONFIDENCE_LEVELS - 1).all()


class TestConfidence:
    SOFTMAX = TargetCoding.of("softmax", 4)

    def confidence(self, outputs, coding):
        outputs = np.array(outputs, np.float32).T
        return winners_and_confidence(Answers(outputs, outputs), coding)[1].tolist()

    def test_of_probabilities_it_goes_from_equal_to_certain(self):
        undecided, certain = [0.25] * 4, [0.0, 1.0, 0.0, 0.0]
        half_way = [0.125, 0.125, 0.625 + 1e-6, 0.125]
        assert self.confidence([undecided, half_way, certain], self.SOFTMAX) == [0, 4, 7]

    @pytest.mark.parametrize(
        ("activation", "outputs", "levels"),
        [
            ("sigmoid", [0.0, 0.5, 0.76, 1.0], [7, 0, 4, 7]),
            ("tanh", [-1.0, 0.0, 0.51, 1.0], [7, 0, 4, 7]),
            ("linear", [-3.0, 0.5, 0.76, 8.0], [7, 0, 4, 7]),
        ],
    )
    def test_of_one_unit_it_is_the_distance_from_the_middle(self, activation, outputs, levels):
        coding = TargetCoding.of(activation, 2)
        assert self.confidence([[output] for output in outputs], coding) == levels

    def test_of_other_outputs_it_is_the_lead_of_the_best(self):
        coding = TargetCoding.of("linear", 3)
        outputs = [[0.4, 0.4, 0.1], [0.9, 0.39, 0.2], [1.5, 0.2, -3.0]]
        assert self.confidence(outputs, coding) == [0, 4, 7]
        coding = TargetCoding.of("tanh", 3)
        assert self.confidence([[-0.5, 0.52, -0.9], [-1.0, 1.0, -1.0]], coding) == [4, 7]

    def test_what_is_no_number_has_none(self):
        assert self.confidence([[np.nan] * 4, [np.nan, 1.0, 0.0, 0.0]], self.SOFTMAX) == [0, 0]

    def test_the_first_of_equal_classes_wins_as_it_does_for_the_model(self):
        outputs = np.array([[0.1, 0.4, 0.4, 0.1]], np.float32).T
        answers = Answers(outputs, outputs)
        assert winners_and_confidence(answers, self.SOFTMAX)[0] == self.SOFTMAX.decide(answers)

    def test_a_thousand_classes(self):
        outputs = np.full((1000, 1), 1e-4)
        outputs[999] = 0.9
        coding = TargetCoding.of("softmax", 1000)
        assert winners_and_confidence(Answers(outputs, outputs), coding)[0].tolist() == [999]


class TestValues:
    def test_they_are_in_the_units_of_the_data(self, small):
        trainer = trained(small({"data.source": "plane"}))
        field = Observer(trainer).field(Plane(), SQUARE)
        assert isinstance(field, ValueField)
        expected = Model.of(trainer).predict(centres(SQUARE)).outputs.reshape(5, 7)
        assert field.values == pytest.approx(expected, rel=1e-6)

    def test_what_is_too_large_stays_a_number(self, small):
        trainer = Trainer(small({"data.source": "plane", "dtype": "float64"}))
        trainer.network.parameters[:] = 1e30
        field = Observer(trainer).field(Plane(), SQUARE)
        assert np.isfinite(field.values).all()


class TestCurves:
    LINE = FieldRequest(columns=9, rows=1, x_low=-2.0, x_high=2.5, y_low=0.0, y_high=1.0)

    def test_of_a_regression(self, small):
        trainer = trained(small({"data.source": "sine"}))
        observer = Observer(trainer)
        assert observer.scene(Plane()).is_curve
        field = observer.field(Plane(), self.LINE)
        assert isinstance(field, CurveField)
        expected = Model.of(trainer).predict(np.linspace(-1.75, 2.25, 9)[:, np.newaxis])
        assert field.curves == pytest.approx(expected.outputs.T, rel=1e-5)

    def test_of_each_class(self, small, tmp_path):
        rows = [f"{number / 9},{'low' if number < 10 else 'high'}" for number in range(20)]
        table = tmp_path / "table.csv"
        table.write_text("\n".join(["size,kind", *rows]))
        trainer = trained(small({"data.source": str(table)}))
        field = Observer(trainer).field(Plane(), self.LINE)
        expected = Model.of(trainer).predict(np.linspace(-1.75, 2.25, 9)[:, np.newaxis])
        assert field.curves == pytest.approx(expected.outputs.T, rel=1e-5)
        assert field.curves.shape == (2, 9)


class TestObserver:
    @pytest.mark.parametrize("keys", CLASSES)
    def test_the_crosshair_reads_each_class(self, small, keys):
        trainer = trained(small(keys))
        reading = Observer(trainer).reading(Plane(), 0.3, -0.4)
        expected = Model.of(trainer).predict(np.array([[0.3, -0.4]])).outputs[0]
        assert (reading.x, reading.y) == (0.3, -0.4)
        assert reading.outputs == pytest.approx(expected, rel=1e-6)
        assert reading.are_probabilities == trainer.coding.are_probabilities

    def test_the_crosshair_reads_a_value_in_its_own_units(self, small):
        trainer = trained(small({"data.source": "plane"}))
        reading = Observer(trainer).reading(Plane(), 0.3, -0.4)
        expected = Model.of(trainer).predict(np.array([[0.3, -0.4]])).outputs[0]
        assert reading.outputs == pytest.approx(expected)
        assert not reading.are_probabilities

    @pytest.mark.parametrize("keys", CLASSES)
    def test_mistakes_are_what_the_accuracy_lacks(self, small, keys):
        trainer = trained(small(keys), steps=9)
        observer = Observer(trainer)
        mistakes, scene = observer.mistakes(Plane()), observer.scene(Plane())
        evaluation = trainer.evaluate()
        assert 1 - mistakes[~scene.is_test].mean() == pytest.approx(evaluation.train_accuracy)
        assert 1 - mistakes[scene.is_test].mean() == pytest.approx(evaluation.test_accuracy)

    def test_a_regression_makes_no_mistakes(self, small):
        assert Observer(trained(small({"data.source": "plane"}))).mistakes(Plane()) is None

    def test_on_principal_components_the_points_of_the_plane_are_asked(self, small):
        trainer = trained(small({"data.source": "iris"}))
        observer = Observer(trainer)
        scene = observer.scene(Plane("components"))
        # The plane goes through the points' mean.
        mean = trainer.prepared.train.inputs.mean(axis=0)[np.newaxis]
        reading = observer.reading(scene.plane, 0.0, 0.0)
        assert reading.outputs == pytest.approx(Model.of(trainer).predict(mean).outputs[0])

    def test_a_scene_is_numbered_anew_when_the_data_or_the_plane_are_others(self, small):
        trainer = Trainer(small({"data.source": "iris"}))
        observer = Observer(trainer)
        first = observer.scene(Plane())
        trainer.train(3)
        assert observer.scene(Plane()) is first
        other_plane = observer.scene(Plane("components"))
        trainer.apply(small({"data.source": "iris", "data.seed": 5}))
        other_data = observer.scene(Plane("components"))
        assert len({scene.identity for scene in (first, other_plane, other_data)}) == 3
        trainer.apply(small({"data.source": "iris", "data.seed": 5, "seed": 1}))
        assert observer.scene(Plane("components")) is other_data

    def test_an_edited_network_is_asked_and_not_the_old_one(self, small):
        trainer = trained(small())
        observer = Observer(trainer)
        observer.field(Plane(), SQUARE)
        for keys in ({"layers.0.units": 9}, {"layers.0.units": 9, "layers.0.activation": "relu"}):
            trainer.apply(small(keys))
            trainer.train(30)
            field = observer.field(Plane(), SQUARE)
            expected = Model.of(trainer).predict(centres(SQUARE)).classes
            assert field.winners.ravel().tolist() == expected.tolist()

    def test_where_a_feature_is_too_large_there_is_no_picture(self, small):
        observer = Observer(Trainer(small({"data.features": ("x1", "x2^2")})))
        far = FieldRequest(columns=3, rows=3, x_low=-1, x_high=1, y_low=1e200, y_high=2e200)
        assert observer.field(Plane(), far) is None
        assert observer.reading(Plane(), 0.0, 1e200) is None

    def test_a_whole_number_line_can_be_asked_about(self, small):
        observer = Observer(trained(small({"dtype": "float64"})))
        widest = FieldRequest(2, 2, -1.7e308, 1.7e308, -1.7e308, 1.7e308)
        assert observer.field(Plane(), widest).winners.shape == (2, 2)

    def test_asking_changes_nothing(self, small, fingerprint, random_keys):
        trainers = [trained(small(random_keys), steps=11) for _ in range(2)]
        observer = Observer(trainers[0])
        for _ in range(3):
            observer.field(Plane(), SQUARE)
            observer.reading(Plane(), 0.1, 0.1)
            observer.mistakes(Plane())
            observer.layers()
            for trainer in trainers:
                trainer.train(5)
        assert fingerprint(trainers[0]) == fingerprint(trainers[1])
