"""The systems of a deep-learning course beyond single numbers, every dimension another."""

COURSE = {
    "inner product": "a, x: 3; y = a^T x",
    "linear": "W: 2x3; x: 3; b: 2; y = W x + b",
    "least squares": "W: 2x3; x: 3; b, t: 2; y = W x + b; L = ||y - t||^2",
    "dense": "W: 2x3; x: 3; b, t: 2; y = W x + b; h = tanh(y); L = 1/2 ||h - t||^2",
    "sigmoid": "a: 4; h = sigmoid(a)",
    "relu": "a: 4; h = relu(a)",
    "hadamard": "a, b: 3; y = a .* b",
    "quotient": "a, b: 3; y = a ./ b",
    "quadratic form": "A: 3x3; x: 3; q = x^T A x",
    "ridge": "A: 4x3; x: 3; b: 4; λ: scalar; L = ||A x - b||^2 + λ||x||^2",
    "softmax": "z: 3; p = softmax(z)",
    "cross-entropy": "z, t: 3; p = softmax(z); L = -t^T log(p)",
    "softmax regression": "W: 3x4; x: 4; b, t: 3; z = W x + b; p = softmax(z); L = -t^T log(p)",
    "logistic regression": "X: 5x3; w: 3; b: scalar; t: 5; p = sigmoid(X w + b); "
    "L = -(t^T log(p) + (1 - t)^T log(1 - p))",
    "two layers": "W_1: 2x3; b_1: 2; W_2: 4x2; b_2: 4; x: 3; t: 4; h = tanh(W_1 x + b_1); y = W_2 h + b_2; "
    "L = 1/2 ||y - t||^2",
    "three layers": "W_1: 2x3; W_2: 4x2; W_3: 5x4; x: 3; t: 5; h_1 = sigmoid(W_1 x); h_2 = sigmoid(W_2 h_1); "
    "h_3 = sigmoid(W_3 h_2); L = 1/2 ||h_3 - t||^2",
    "weight decay": "W_1: 2x3; W_2: 4x2; x: 3; t: 4; λ: scalar; z = W_1 x; h = tanh(z); o = W_2 h; "
    "L = ||o - t||^2; s = λ/2 (||W_1||^2 + ||W_2||^2); J = L + s",
    "batch": "X: 4x3; W: 3x2; b: 2; Y = X W + b",
    "mean squared error": "X: 4x3; W: 3x2; T: 4x2; Y = X W; L = ||Y - T||^2 / 4",
    "batched network": "X: 5x3; W_1: 3x2; W_2: 2x4; T: 5x4; H = tanh(X W_1); Y = H W_2; L = ||Y - T||^2",
    "skip": "W: 3x3; x: 3; y = x + tanh(W x)",
    "rnn step": "W: 2x3; U: 2x2; x: 3; h_prev, b: 2; h = tanh(W x + U h_prev + b)",
    "rnn": "W: 2x3; U: 2x2; x_1, x_2, x_3: 3; h_0, b, t: 2; h_1 = tanh(W x_1 + U h_0 + b); "
    "h_2 = tanh(W x_2 + U h_1 + b); h_3 = tanh(W x_3 + U h_2 + b); L = ||h_3 - t||^2",
    "linear bptt": "W: 2x3; U: 2x2; x_1, x_2: 3; h_0, t: 2; h_1 = W x_1 + U h_0; h_2 = W x_2 + U h_1; L = ||h_2 - t||^2",
    "lstm": "W_f, W_i, W_o, W_g: 2x3; U_f, U_i, U_o, U_g: 2x2; x: 3; h_prev, c_prev: 2; f = sigmoid(W_f x + U_f h_prev); "
    "i = sigmoid(W_i x + U_i h_prev); o = sigmoid(W_o x + U_o h_prev); g = tanh(W_g x + U_g h_prev); "
    "c = f .* c_prev + i .* g; h = o .* tanh(c)",
    "gru": "W_z, W_r, W_n: 2x3; U_z, U_r, U_n: 2x2; x: 3; h_prev: 2; z = sigmoid(W_z x + U_z h_prev); "
    "r = sigmoid(W_r x + U_r h_prev); n = tanh(W_n x + U_n (r .* h_prev)); h = (1 - z) .* n + z .* h_prev",
    "attention": "Q: 2x4; K: 3x4; V: 3x5; S = Q K^T / sqrt(4); A = softmax(S); O = A V",
    "one query": "q: 4; K: 3x4; V: 3x5; s = K q; a = softmax(s); o = V^T a",
    "layer norm": "x: 4; μ = mean(x); c = x - μ; v = ||c||^2 / 4; y = c / sqrt(v)",
    "normalised": "x: 3; y = x / ||x||",
    "determinant": "X: 3x3; d = det(X)",
    "log determinant": "X: 3x3; d = logdet(X^T X)",
    "inverse": "X: 3x3; Y = X^-1",
    "traces": "A: 2x3; X: 3x2; t = tr(A X)",
    "frobenius": "X, A: 2x3; t = tr(X^T A)",
    "log softmax": "z, t: 3; l = log_softmax(z); L = -t^T l",
    "embedding": "E: 5x2; o: 5; e = E^T o",
    "autoencoder": "W: 2x4; x: 4; h = tanh(W x); y = W^T h; L = ||y - x||^2",
    "power": "x: 3; y = x .^ 3; s = sum(y)",
    "row": "x: 1x3; W: 3x2; y = x W; s = sum(y .^ 2)",
    "diag": "d: 3; X: 3x3; Y = diag(d) X",
    "outer": "u: 2; v: 3; M = outer(u, v); s = sum(exp(M))",
    "scaled": "s: scalar; x: 3; y = s x; L = y^T y",
    "entries": "x: 3; W: 2x3; f = x_1^2 x_2 + W_12 x_3",
    "maximum": "x: 4; f = max(x)^2",
    "concatenation": "W: 4x5; x: 2; h: 3; t: 4; L = ||W [x; h] - t||^2",
    "blocks": "A: 2x3; B: 2x4; c: 7; d: 2; f = d^T [A, B] c",
    "numbers in a column": "a, b: scalar; x: 2; f = x^T [a; b]",
    "index sum": "x: 2; A: 2x3; z: 3; L = sum_i (sum_j A_ij z_j - x_i)^2",
    "identity": "x: 3; y = (I - x x^T) x",
}
