import { codeOf } from '../../lib/error-code.ts';
import { FilesError, type FilesReason } from '../files-error.ts';

const REASONS: Readonly<Record<string, FilesReason>> = {
  ENOENT: 'not-found',
  EEXIST: 'exists',
  EACCES: 'denied',
  EPERM: 'denied',
  EROFS: 'denied',
  ENOTEMPTY: 'not-empty',
  ENOTDIR: 'not-a-directory',
  // A link where only a directory will do.
  ELOOP: 'not-a-directory',
  EISDIR: 'is-a-directory',
  EXDEV: 'unsupported',
  ENOTSUP: 'unsupported',
  ENAMETOOLONG: 'invalid',
  EINVAL: 'invalid',
  ENOSPC: 'no-space',
  EDQUOT: 'no-space',
  EFBIG: 'no-space',
};

const TEXTS: Partial<Record<FilesReason, string>> = {
  'not-found': 'There is no such file or directory',
  exists: 'The name is taken',
  denied: 'The operating system does not permit it',
  'not-empty': 'The directory is not empty',
  'not-a-directory': 'Something on the path is not a directory',
  'is-a-directory': 'It is a directory',
  'no-space': 'There is no space left',
};

const SQLITE_FULL = 13;

/** What the operating system's refusal means, or that of the database of notes; `name` is what the caller calls the file. */
export function fsFailure(error: unknown, name: string): FilesError {
  if (error instanceof FilesError) return error;
  const code = isDiskFull(error) ? 'ENOSPC' : codeOf(error);
  const reason = REASONS[code ?? ''] ?? 'unavailable';
  const text = TEXTS[reason] ?? `The operating system failed with ${code ?? 'an unknown error'}`;
  return new FilesError(reason, `${text}: ${name}`, { cause: error });
}

/** SQLite has numbers for what the system told it. */
const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === SQLITE_FULL;

/** Whether something on the way to a file is missing or no directory, so that the file cannot be. */
export function isAbsence(error: unknown): boolean {
  const code = codeOf(error) ?? '';
  return ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].includes(code);
}
