/** For all open files of a bucket together. */
const MOST = 16 * 1024 * 1024;
const SMALL = 32 * 1024;

/** Memory for what small files hold, which is read before it is asked for. */
export class ReadAhead {
  #taken = 0;

  /** Whether a file of that size shall be read at once; then `end` is called when it is closed. */
  begin(size: number): boolean {
    if (size === 0 || size > SMALL || this.#taken + size > MOST) return false;
    this.#taken += size;
    return true;
  }

  end(size: number): void {
    this.#taken -= size;
  }
}
