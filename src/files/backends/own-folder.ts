import { readdirSync, unlinkSync } from 'node:fs';
import { codeOf } from '../../lib/error-code.ts';
import { FileNotes } from '../file-notes.ts';
import { FilesError } from '../files-error.ts';
import { Directory } from './directory.ts';
import { fsFailure } from './fs-failure.ts';

/** Never shown, and no file of a user's can lie in it. */
export const OWN_FOLDER = '.orrery';

/** A directory as the operator names it, and what is kept in it; both to be closed. */
export function openDirectory(path: string): { readonly root: Directory; readonly own: OwnFolder } {
  try {
    const root = Directory.open(path);
    try {
      return { root, own: OwnFolder.open(root, path) };
    } catch (error) {
      root.close();
      throw error;
    }
  } catch (error) {
    throw fsFailure(error, path);
  }
}

/** What a directory's backend keeps beside the files of users, on the same file system: so that a rename publishes. */
export class OwnFolder {
  readonly directory: Directory;
  readonly uploads: Directory;
  readonly notes: FileNotes;
  #names = 0;

  private constructor(directory: Directory, uploads: Directory, notes: FileNotes) {
    this.directory = directory;
    this.uploads = uploads;
    this.notes = notes;
  }

  /** Throws unavailable when another process has it, no-space where it cannot be made. */
  static open(root: Directory, shown: string): OwnFolder {
    const { directory } = root.enterOrMake(OWN_FOLDER, 0o700);
    let uploads: Directory | undefined;
    try {
      uploads = directory.enterOrMake('uploads', 0o700).directory;
      return new OwnFolder(directory, uploads, new FileNotes(directory.at('notes.db')));
    } catch (error) {
      uploads?.close();
      directory.close();
      const failure = fsFailure(error, shown);
      if (failure.reason === 'no-space') throw failure;
      const message = `${shown} cannot be used, perhaps because another process has it`;
      throw new FilesError('unavailable', message, { cause: error });
    }
  }

  /** A name for a temporary file that nobody has had in this process. */
  newName(): string {
    this.#names += 1;
    return this.#names.toString(36);
  }

  /** Removes what uploads of an earlier process left. */
  sweep(): void {
    for (const name of readdirSync(this.uploads.path)) removeIfThere(this.uploads.at(name));
  }

  close(): void {
    this.notes.close();
    this.uploads.close();
    this.directory.close();
  }
}

export function removeIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}
