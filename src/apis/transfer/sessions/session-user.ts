import type { IdentifiedUser } from '../identity/identified-user.ts';

/** Who somebody is once a server's users or its identity provider know them. */
export interface SessionUser extends Omit<IdentifiedUser, 'publicKeys'> {
  readonly userName: string;
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
