// Questions to the worker: one at a time, of several of one kind only the last. A worker that is stopped is begun anew.

export class Desk {
  #worker = null;
  #waiting = new Map(); // the last question of each kind that is not asked yet
  #now = null; // the one that is being answered
  #number = 0;

  /** `said` is told what happens: {loaded, total}, {ready}, {busy}, {idle}. */
  constructor(said) {
    this.said = said;
    this.#begin();
  }

  /** The answer to a question; undefined where another of its kind came before it was asked. */
  ask(kind, question) {
    this.#waiting.get(kind)?.answered(undefined);
    return new Promise((answered) => {
      this.#waiting.delete(kind);
      this.#waiting.set(kind, { question, answered });
      this.#next();
    });
  }

  /** Ends what is being computed. */
  stop() {
    this.#worker.terminate();
    const now = this.#now;
    this.#now = null;
    now?.answered({ error: { text: "This was stopped." } });
    this.#begin();
    this.#next();
  }

  #begin() {
    this.#worker = new Worker("worker.js", { type: "module" });
    this.#worker.onmessage = ({ data }) => this.#told(data);
    this.#worker.onerror = (event) => this.said({ broken: event.message || "the worker could not be loaded" });
  }

  #told(data) {
    if (data.number === undefined) return this.said(data);
    if (data.number !== this.#now?.number) return;
    const { answered } = this.#now;
    this.#now = null;
    answered(data.failed === undefined ? data.answer : { error: { text: `adgraph does not run here: ${data.failed}` } });
    this.#next();
  }

  #next() {
    if (this.#now) return;
    const first = this.#waiting.entries().next();
    if (first.done) return this.said({ idle: true });
    const [kind, waiting] = first.value;
    this.#waiting.delete(kind);
    this.#now = { ...waiting, number: ++this.#number };
    this.said({ busy: true });
    this.#worker.postMessage({ number: this.#now.number, question: waiting.question });
  }
}
