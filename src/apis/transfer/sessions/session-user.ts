import type { HomeDirectoryMapEntry } from '../model/types.gen.ts';
import type { PosixProfile } from '../upload.ts';

/** Who somebody is once a server's users or its identity provider know them. */
export interface SessionUser {
  readonly userName: string;
  readonly role: string;
  readonly homeDirectory: string | undefined;
  readonly homeDirectoryType: 'PATH' | 'LOGICAL';
  readonly mappings: readonly HomeDirectoryMapEntry[];
  /** Session policy as JSON text. */
  readonly policy: string | undefined;
  readonly posixProfile: PosixProfile | undefined;
}

/** One login on one server, for whatever is done and logged in its name. */
export interface Session {
  readonly account: string;
  readonly region: string;
  readonly serverId: string;
  /** 16 hexadecimal digits. */
  readonly id: string;
  readonly sourceIp: string;
  readonly user: SessionUser;
}
