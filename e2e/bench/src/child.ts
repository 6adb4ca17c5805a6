import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

const LOADER = join(__dirname, '../../../scripts/typescript.mjs');

/** A part of a measurement in a process of its own, and what it answers. */
export class Child {
  readonly #process: ChildProcess;
  readonly #answers: unknown[] = [];
  readonly #waiting: ((answer: unknown) => void)[] = [];
  readonly #ended: Promise<never>;

  constructor(file: string, ...args: (string | number)[]) {
    this.#process = fork(file, args.map(String), {
      execArgv: ['--expose-gc', '--import', LOADER],
    });
    // The loader of TypeScript sends messages of its own: ours are named.
    this.#process.on('message', message => {
      const { bench } = message as { bench?: unknown };
      if (bench === undefined) return;
      const waiting = this.#waiting.shift();
      if (waiting) waiting(bench);
      else this.#answers.push(bench);
    });
    this.#ended = new Promise((_, reject) => {
      this.#process.once('exit', code =>
        reject(new Error(`${file} ended with code ${code}`)),
      );
    });
    this.#ended.catch(() => {});
  }

  /** The next answer. */
  next<T>(): Promise<T> {
    const ready = this.#answers.shift();
    if (ready !== undefined) return Promise.resolve(ready as T);
    const arrived = new Promise<T>(resolve =>
      this.#waiting.push(resolve as (answer: unknown) => void),
    );
    return Promise.race([arrived, this.#ended]);
  }

  ask<T>(question: string): Promise<T> {
    this.#process.send({ bench: question });
    return this.next<T>();
  }

  end() {
    this.#process.kill();
  }
}

/** In the child: sends an answer. */
export function answer(bench: unknown) {
  process.send?.({ bench });
}

/** In the child: calls back for each question, and ends with the parent. */
export function onQuestion(callback: (question: string) => void) {
  process.on('message', message => {
    const { bench } = message as { bench?: string };
    if (bench !== undefined) callback(bench);
  });
  process.once('disconnect', () => process.exit(0));
}
