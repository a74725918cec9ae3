import { readFileSync } from 'node:fs';

/** What a process has used: CPU since its start in milliseconds (user and system), memory in megabytes. */
export interface Usage {
  readonly cpuMs: number;
  readonly rssMb: number;
  readonly peakMb: number;
}

/** Reads one process of Linux, without its children. */
export function processUsage(pid: number): Usage {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return { cpuMs: cpuMs(pid), rssMb: megabytes(status, 'VmRSS'), peakMb: megabytes(status, 'VmHWM') };
}

/** The kernel counts in ticks of 10 ms. */
function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function megabytes(status: string, name: string): number {
  const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1];
  return Number(kilobytes ?? 0) / 1024;
}
