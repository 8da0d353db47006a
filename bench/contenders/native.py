"""NumPy, PyTorch and scikit-learn: python3 native.py FOLDER numpy32|numpy64|torch|sklearn THREADS (see contender.mjs)."""
import json
import sys
import time

folder, which, threads = sys.argv[1:4]


def say(answer):
    print(json.dumps(answer), flush=True)


try:
    import numpy as np

    if which == "torch":
        import torch

        torch.set_num_threads(int(threads))
        version = torch.__version__
    elif which == "sklearn":
        import sklearn
        from sklearn.neural_network import MLPClassifier

        version = sklearn.__version__
    else:
        version = np.__version__
except ImportError as error:
    say({"absent": str(error)})
    sys.exit()

dtype = np.float64 if which == "numpy64" else np.float32
labels = np.fromfile(folder + "/labels", np.uint8)
images = np.fromfile(folder + "/images", np.uint8).reshape(-1, 784).astype(dtype) / dtype(255)


class Net:
    """The book's network, its formulas written out, without the epsilon in the logarithm."""

    def __init__(self, hidden, dtype=dtype):
        self.W1 = (0.01 * np.random.randn(784, hidden)).astype(dtype)
        self.b1 = np.zeros(hidden, dtype)
        self.W2 = (0.01 * np.random.randn(hidden, 10)).astype(dtype)
        self.b2 = np.zeros(10, dtype)

    def predict(self, x):
        self.h = np.maximum(x @ self.W1 + self.b1, 0)
        return self.h @ self.W2 + self.b2

    def loss(self, x, t):
        y = self.predict(x)
        y -= y.max(axis=1, keepdims=True)
        power = np.exp(y)
        total = power.sum(axis=1, keepdims=True)
        self.y = power / total
        rows = np.arange(len(t))
        return float((np.log(total[:, 0]) - y[rows, t]).mean())

    def step(self, x, t, rate=dtype(0.1)):
        self.loss(x, t)
        dy = self.y
        dy[np.arange(len(t)), t] -= 1
        dy /= dtype(len(t))
        dh = dy @ self.W2.T
        dh[self.h <= 0] = 0
        self.W2 -= rate * (self.h.T @ dy)
        self.b2 -= rate * dy.sum(axis=0)
        self.W1 -= rate * (x.T @ dh)
        self.b1 -= rate * dh.sum(axis=0)


def numpy_step(hidden, batch):
    net = Net(hidden)

    def run():
        drawn = np.random.choice(len(labels), batch)
        net.step(images[drawn], labels[drawn])

    return run


def numerical_gradient():
    net = Net(50, np.float64)
    x, t = images[:3].astype(np.float64), labels[:3]

    def run():
        for p in (net.W1, net.b1, net.W2, net.b2):
            flat = p.reshape(-1)
            gradient = np.zeros_like(flat)
            for i in range(flat.size):
                kept = flat[i]
                flat[i] = kept + 1e-4
                above = net.loss(x, t)
                flat[i] = kept - 1e-4
                gradient[i] = (above - net.loss(x, t)) / 2e-4
                flat[i] = kept

    return run


def torch_network(hidden):
    return torch.nn.Sequential(torch.nn.Linear(784, hidden), torch.nn.ReLU(), torch.nn.Linear(hidden, 10))


def torch_step(hidden, batch):
    net = torch_network(hidden)
    x, t = torch.from_numpy(images), torch.from_numpy(labels.astype(np.int64))
    criterion = torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)

    def run():
        drawn = torch.randint(len(t), (batch,))
        optimizer.zero_grad()
        criterion(net(x[drawn]), t[drawn]).backward()
        optimizer.step()

    return run


def torch_predict(rows):
    net, x = torch_network(50), torch.from_numpy(images[:rows])

    def run():
        with torch.no_grad():
            net(x)

    return run


def sklearn_net(hidden, batch):
    return MLPClassifier((hidden,), solver="sgd", learning_rate_init=0.1, momentum=0, alpha=0, batch_size=batch)


def sklearn_step(hidden, batch):
    net, classes = sklearn_net(hidden, batch), np.arange(10)

    def run():
        drawn = np.random.choice(len(labels), batch)
        net.partial_fit(images[drawn], labels[drawn], classes)

    return run


def sklearn_predict(rows):
    net, x = sklearn_net(50, 100), images[:rows]
    net.partial_fit(images[:100], labels[:100], np.arange(10))
    return lambda: net.predict(x)


def matmul(size, kind):
    if which == "sklearn":
        return "not offered by this library"
    if which == "torch":
        a, b = (torch.rand(size, size, dtype=getattr(torch, kind)) for _ in range(2))
        out = torch.empty_like(a)
        return lambda: torch.matmul(a, b, out=out)
    if np.dtype(kind) != dtype:
        return "is measured by the other NumPy"
    a, b = (np.random.rand(size, size).astype(kind) for _ in range(2))
    out = np.empty_like(a)
    return lambda: np.matmul(a, b, out=out)


def prepare(task):
    kind = task["kind"]
    if kind == "matmul":
        return matmul(task["size"], task["dtype"])
    if kind == "numericalGradient":
        return numerical_gradient() if which == "numpy64" else "is measured with NumPy float64"
    if kind == "step":
        make = {"torch": torch_step, "sklearn": sklearn_step}.get(which, numpy_step)
        return make(task["hidden"], task["batch"])
    if which == "torch":
        return torch_predict(task["rows"])
    if which == "sklearn":
        return sklearn_predict(task["rows"])
    net, x = Net(50), images[: task["rows"]]
    return lambda: net.predict(x)


def measure(run, iterations, seconds):
    times, end = [], time.perf_counter() + seconds
    while len(times) < iterations if iterations else (time.perf_counter() < end or len(times) < 3):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return {"seconds": sorted(times)[len(times) // 2]}


say({"version": version})
prepared = {}
for line in sys.stdin:
    asked = json.loads(line)
    name = asked["task"]["name"]
    if name not in prepared:
        prepared[name] = prepare(asked["task"])
    run = prepared[name]
    say({"cannot": run} if isinstance(run, str) else measure(run, asked["task"].get("iterations"), asked["seconds"]))
