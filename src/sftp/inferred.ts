import { END_OF_FILE, type Reply } from './packets/replies.ts';

/**
 * Clients that send SYMLINK's paths as the draft has them to servers that do not call themselves OpenSSH. phpseclib before 3.0.11,
 * 2.0.34 and 1.0.20 did not, and says no more of its version than the first two numbers: only those of 0.x can be told apart.
 */
const FOLLOW_THE_DRAFT = /^(AsyncSSH|phpseclib_[1-9]|ssh2js|libssh[_-]|WinSCP)/i;

/**
 * Whether the first path of SYMLINK is the target. The draft has it second; OpenSSH has had it first from the beginning, and most
 * clients do as OpenSSH does: https://github.com/openssh/openssh-portable/blob/master/PROTOCOL, section 4.1.
 */
export function isTargetFirst(client: string): boolean {
  return !FOLLOW_THE_DRAFT.test(client);
}

/** The draft does not say what a READ of no bytes gives. OpenSSH's server: the end of the file, wherever it is. */
export function answerToEmptyRead(): Reply {
  return END_OF_FILE;
}

/**
 * A client that closes a file after one of its writes was refused knows that the file is not whole; nobody who acts on
 * whole files shall take it for one.
 */
export function closingOf(handle: { readonly hasFailed: boolean }): 'closed' | 'broken' {
  return handle.hasFailed ? 'broken' : 'closed';
}
