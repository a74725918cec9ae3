/** Lets answers leave in the order of their requests, whichever is there first: while one is not there, the others hold their memory. */
export class ReplyLine {
  /** Undefined when nobody stands in the line; never rejects. */
  #last: Promise<void> | undefined;

  /** Settles as the answer does, but not before all that stood in the line already. */
  join<T>(answer: Promise<T>): Promise<T> {
    const before = this.#last;
    const turn = before === undefined ? answer : Promise.allSettled([before, answer]).then(() => answer);
    const leave = (): void => {
      if (this.#last === left) this.#last = undefined;
    };
    const left = turn.then(leave, leave);
    this.#last = left;
    return turn;
  }
}
