"""The book's whole run in NumPy, its formulas written out: python3 book_run.py MNIST_FOLDER [ITERATIONS]

As there: images float32, weights float64, the loss computed again after each step, training and test accuracy at the
beginning and once an epoch.
"""
import gzip
import sys

import numpy as np

folder, iterations = sys.argv[1], int((sys.argv[2:] or ["10000"])[0])


def load(part):
    with gzip.open(f"{folder}/{part}-images-idx3-ubyte.gz") as file:
        images = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 784).astype(np.float32) / 255
    with gzip.open(f"{folder}/{part}-labels-idx1-ubyte.gz") as file:
        return images, np.frombuffer(file.read(), np.uint8, offset=8)


(x_train, t_train), (x_test, t_test) = load("train"), load("t10k")
W1, b1 = 0.01 * np.random.randn(784, 50), np.zeros(50)
W2, b2 = 0.01 * np.random.randn(50, 10), np.zeros(10)


def softmax(a):
    power = np.exp(a - a.max(axis=1, keepdims=True))
    return power / power.sum(axis=1, keepdims=True)


def predict(x):
    a = x @ W1 + b1
    h = np.where(a <= 0, 0, a)
    return h, h @ W2 + b2


def loss(x, t):
    y = softmax(predict(x)[1])
    return -np.log(y[np.arange(len(t)), t] + 1e-7).mean()


def accuracy(x, t):
    return (predict(x)[1].argmax(axis=1) == t).mean()


epoch = max(len(x_train) // 100, 1)
for i in range(iterations):
    drawn = np.random.choice(len(x_train), 100)
    x, t = x_train[drawn], t_train[drawn]
    h, logits = predict(x)
    dy = softmax(logits)
    dy[np.arange(100), t] -= 1
    dy /= 100
    dh = dy @ W2.T
    dh[h <= 0] = 0
    W2 -= 0.1 * (h.T @ dy)
    b2 -= 0.1 * dy.sum(axis=0)
    W1 -= 0.1 * (x.T @ dh)
    b1 -= 0.1 * dh.sum(axis=0)
    last = loss(x, t)
    if i % epoch == 0:
        print(accuracy(x_train, t_train), accuracy(x_test, t_test))
print("loss", last, "test accuracy", accuracy(x_test, t_test))
