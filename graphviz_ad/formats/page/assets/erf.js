/* ---- erf and erfc, which no browser has; for the systems that use them */

const SQRT_PI = Math.sqrt(Math.PI);

/* erf by its series for small arguments, erfc by its continued fraction for large ones (Abramowitz and Stegun, 7.1.6
   and 7.1.14); between the two both have all the digits of a number. */
function erfSeries(x) {
  let term = x, sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) sum += term *= 2 * x * x / (2 * n + 1);
  return 2 / SQRT_PI * Math.exp(-x * x) * sum;
}
function erfcFraction(x) {
  let tail = 0;
  for (let n = 160; n > 0; n--) tail = n / 2 / (x + tail);
  return Math.exp(-x * x) / SQRT_PI / (x + tail);
}
function erfc(x) { return x < -1.5 ? 2 - erfcFraction(-x) : x > 1.5 ? erfcFraction(x) : 1 - erfSeries(x); }
function erf(x) { return Math.abs(x) <= 1.5 ? erfSeries(x) : x > 0 ? 1 - erfcFraction(x) : erfcFraction(-x) - 1; }
