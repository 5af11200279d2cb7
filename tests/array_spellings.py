"""One derivative of a book in the spellings that people type: its form, and systems whose last variable has it by
their first one."""

SOFTMAX = "diag(p) - p*p^T"
LAYER = "W: 3x4; x: 4; b, t: 3; z = W x + b; "
BATCH = "w: 3; X: 5x3; t: 5; z = X w; "
SAMPLE = "w: 3; x: 3; "

SPELLINGS = [
    (SOFTMAX, "z: 3; p = softmax(z)"),
    (SOFTMAX, "z: 3; p = exp(z)/sum(exp(z))"),
    (SOFTMAX, "z: 3; p = exp(z)/(1^T exp(z))"),
    (SOFTMAX, "z: 3; p_i = exp(z_i)/sum_j exp(z_j)"),
    (SOFTMAX, "z: 3; e = exp(z); p = e/sum(e)"),
    (SOFTMAX, "z: 3; e = exp(z); s = sum(e); p = e/s"),
    (SOFTMAX, "z: 3; s = sum(exp(z)); p = exp(z)/s"),
    (SOFTMAX, "z: 3; m = max(z); e = exp(z - m); p = e/sum(e)"),
    (SOFTMAX, "z: 3; p = exp(z - logsumexp(z))"),
    (SOFTMAX, "z: 3; l = log(sum(exp(z))); p = exp(z - l)"),
    (SOFTMAX, "z: 3; p = exp(log_softmax(z))"),
    (SOFTMAX, "z: 3; y = log_softmax(z); p = exp(y)"),
    ("(diag(p) - p*p^T)*W", "x: 4; W: 3x4; p = softmax(W x)"),
    ("(softmax(z) - t)*x^T", LAYER + "L = logsumexp(z) - t^T z"),
    ("(softmax(z) - t)*x^T", LAYER + "L = log(sum(exp(z))) - t · z"),
    ("(softmax(z) - t)*x^T", LAYER + "L = log(1^T exp(z)) - t · z"),
    ("(softmax(z - m) - t)*x^T", LAYER + "m = max(z); L = m + log(sum(exp(z - m))) - t · z"),
    ("X^T*(p - t)", BATCH + "p = sigmoid(z); L = -(t^T log(p) + (1-t)^T log(1-p))"),
    ("X^T*(p - t)", BATCH + "p = 1/(1 + exp(-z)); L = -sum(t .* log(p) + (1-t) .* log(1-p))"),
    ("X^T*(p - t)", BATCH + "p = exp(z) ./ (1 + exp(z)); L = -sum_i (t_i log(p_i) + (1-t_i) log(1-p_i))"),
    ("X^T*(p - t)", "w: 3; X: 5x3; t: 5; p = 1/(1 + exp(-(X w))); L = -sum(t .* log(p) + (1-t) .* log(1-p))"),
    ("(p - t)*x", SAMPLE + "p = sigmoid(w^T x + b); L = -(t*log(p) + (1-t)*log(1-p))"),
    ("(p - t)*x", SAMPLE + "p = 1/(1 + exp(-(w^T x + b))); L = -t*log(p) - (1-t)*log(1-p)"),
    ("(p - t)*x", SAMPLE + "z = w · x + b; p = 1/(1 + exp(-z)); L = -(t*log(p) + (1-t)*log(1-p))"),
    ("(p - t)*x^T", "W: 1x3; x: 3; t: 1; p = 1/(1 + exp(-(W x))); L = -sum(t .* log(p) + (1-t) .* log(1-p))"),
    ("X^T*(sigmoid(z) - t)", BATCH + "L = sum(softplus(z)) - t^T z"),
    ("1/sqrt(v)*(I - 𝟏*𝟏^T/4 - y*y^T/4)", "x: 4; μ = mean(x); c = x - μ; v = ||c||^2/4; y = c/sqrt(v)"),
    ("1/sqrt(v)*(I - 𝟏*𝟏^T/4 - y*y^T/4)", "x: 4; μ = 1^T x/4; v = mean((x - μ)^2); y = (x - μ)/sqrt(v)"),
    ("1/s*(I - 𝟏*𝟏^T/4 - y*y^T/4)", "x: 4; μ = sum(x)/4; s = sqrt(sum((x - μ)^2)/4); y = (x - μ)/s"),
    ("1/s*(I - 𝟏*𝟏^T/4 - y*y^T/4)", "x: 4; μ = 1/4 sum_i x_i; c = x - μ 1; s = ||c||/2; y = c/s"),
    ("1/s*(I - 𝟏*𝟏^T/4 - y*y^T/4)", "x: 4; μ = x^T 1/4; s = std(x); y = (x - μ)/s"),
    ("1/sqrt(v)*(I - 𝟏*𝟏^T/n - y*y^T/n)", "x: n; μ = 1/n sum_i x_i; v = 1/n sum_i (x_i - μ)^2; y = (x - μ)/sqrt(v)"),
    ("-((W*(x - r) .* h .* (1 - h))*x^T + h * (x - r)^T)",
     "W: 2x4; x: 4; h = sigmoid(W x); r = W^T h; L = 1/2 ||x - r||^2"),
    ("2*W^T*(y - t)", "x: 3; W: 2x3; t: 2; y = W x; L = (y_1 - t_1)^2 + (y_2 - t_2)^2"),
    ("2*W^T*(y - t)", "x: 3; W: 2x3; t: 2; y = W x; L = y^T y - 2 t^T y + t^T t"),
    ("2*(w_1*𝐄_{1} + w_2*𝐄_{2} + w_3*𝐄_{3})*y",
     "x: 5; w: 3; y_i = sum_{k=1}^3 w_k x_{i+k-1}, i = 1..3; L = sum_i y_i^2"),
    ("2*(y_1*𝐄_{1} + y_2*𝐄_{2} + y_3*𝐄_{3})*k",
     "x: 5; k: 3; y = [x[1:3]^T k; x[2:4]^T k; x[3:5]^T k]; L = ||y||^2"),
    ("z_2*𝐞_{2} + 2*z_1*𝐞_{3}", "x: 4; y = [x[1:2]; 2 x[3:4]]; z = y[2:3]; L = z_1 z_2"),
    ("2*𝐄_{3}*v + 2*u_1*𝐞_{2}", "x: 5; u = x[2:4]; v = u[2:3]; L = ||v||^2 + u_1^2"),
    ("2*(5*μ - X^T*𝟏)", "μ: 3; X: 5x3; L = sum_{i=1}^5 ||x_i - μ||^2"),
]  # fmt: skip
