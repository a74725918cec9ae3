import type { DirectoryEntry, FileStat } from '../../files/file-tree.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const KIND_LETTERS = { file: '-', directory: 'd', link: 'l' } as const;
const TRIADS = ['---', '--x', '-w-', '-wx', 'r--', 'r-x', 'rw-', 'rwx'];
/** As `ls` has it: older files show their year in place of the time. */
const RECENT = 182 * 24 * 3600 * 1000;

/** One line of `ls -ln`, in UTC: clients show it as it is. */
export function longName({ name, stat }: DirectoryEntry, now: number): string {
  const owner = `${String(stat.uid).padEnd(8)} ${String(stat.gid).padEnd(8)}`;
  return `${modeText(stat)}    1 ${owner} ${String(stat.size).padStart(8)} ${dateText(stat.modifiedAt, now)} ${name}`;
}

function modeText({ kind, permissions }: FileStat): string {
  const triad = (shift: number): string => TRIADS[(permissions >> shift) & 7] ?? '';
  const special = (text: string, isSet: number, letter: string): string => {
    if (!isSet) return text;
    return text.slice(0, 2) + (text.endsWith('x') ? letter : letter.toUpperCase());
  };
  return (
    KIND_LETTERS[kind] +
    special(triad(6), permissions & 0o4000, 's') +
    special(triad(3), permissions & 0o2000, 's') +
    special(triad(0), permissions & 0o1000, 't')
  );
}

function dateText(time: number, now: number): string {
  const date = new Date(Number.isFinite(time) ? time : 0);
  const day = `${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)}`;
  const isRecent = time > now - RECENT && time <= now + RECENT;
  return isRecent ? `${day} ${date.toISOString().slice(11, 16)}` : `${day}  ${date.getUTCFullYear()}`;
}
