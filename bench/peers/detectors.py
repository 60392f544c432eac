"""Unsupervised detectors on a table of numbers, a row a session or a line. All are transductive."""

import itertools

import numpy as np


def pca(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Xu et al., Detecting large-scale system problems by mining console logs (SOSP 2009).

    Counts weighted by inverse session frequency and centred; the score is the squared distance from
    the subspace that holds 95 % of the variance; flagged beyond Q at alpha .001 (Jackson and
    Mudholkar 1979).
    """
    rows = len(counts)
    idf = np.log(rows / np.maximum(1, (counts > 0).sum(axis=0)))
    table = counts * idf
    table = table - table.mean(axis=0)
    _, singular, axes = np.linalg.svd(table, full_matrices=False)
    variance = singular**2 / rows
    kept = int(np.searchsorted(np.cumsum(variance) / variance.sum(), 0.95)) + 1
    residual = table - table @ axes[:kept].T @ axes[:kept]
    scores = (residual**2).sum(axis=1)
    phi = [float((variance[kept:] ** power).sum()) for power in (1, 2, 3)]
    if phi[0] == 0:
        return scores, scores > 0
    h0 = 1 - 2 * phi[0] * phi[2] / (3 * phi[1] ** 2)
    quantile = 3.0902
    limit = phi[0] * (
        quantile * np.sqrt(2 * phi[1] * h0**2) / phi[0] + 1 + phi[1] * h0 * (h0 - 1) / phi[0] ** 2
    ) ** (1 / h0)
    return scores, scores > limit


def invariants(counts: np.ndarray, support: float = 0.98) -> tuple[np.ndarray, np.ndarray]:
    """Lou et al., Mining invariants from console logs for system problem detection (USENIX ATC 2010).

    Sparse integer equations between up to three counts, with coefficients up to 3, that hold in the
    given share of the sessions; supersets of a found one are not searched. The score is the number
    of equations that a session breaks; one is enough to be flagged.
    """
    unique, inverse, weight = np.unique(counts, axis=0, return_inverse=True, return_counts=True)
    inverse = inverse.reshape(-1)
    total = weight.sum()
    broken = np.zeros(len(unique))
    found: list[tuple[int, ...]] = []
    columns = range(counts.shape[1])
    for size in (1, 2, 3):
        factors = [
            np.array((first, *rest))
            for first in (1, 2, 3)
            for rest in itertools.product((-3, -2, -1, 1, 2, 3), repeat=size - 1)
            if np.gcd.reduce((first, *rest)) == 1
        ]
        for chosen in itertools.combinations(columns, size):
            if any(set(known) <= set(chosen) for known in found):
                continue
            part = unique[:, chosen]
            for factor in factors:
                misses = part @ factor != 0
                if 1 - weight[misses].sum() / total >= support:
                    # A column that is nearly always zero makes an equation of one term.
                    broken += misses
                    found.append(chosen)
                    break
    scores = broken[inverse]
    return scores, scores > 0


def forest(table: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Isolation Forest of scikit-learn with its defaults."""
    from sklearn.ensemble import IsolationForest

    model = IsolationForest(random_state=seed).fit(table)
    return -model.score_samples(table), model.predict(table) == -1


def pyod(name: str, table: np.ndarray, seed: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """A detector of pyod with its defaults; they expect 10 % of the rows to be anomalous."""
    from pyod.models.ecod import ECOD
    from pyod.models.iforest import IForest
    from pyod.models.lof import LOF

    model = {"IForest": lambda: IForest(random_state=seed), "ECOD": ECOD, "LOF": LOF}[name]()
    model.fit(table)
    return model.decision_scores_, model.labels_ == 1
