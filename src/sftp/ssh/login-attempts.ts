import type { AuthContext, PasswordAuthContext, PublicKeyAuthContext } from 'ssh2';
import type { Authenticate, Login, LoginAttempt } from '../sftp-server.ts';
import type { SshSide } from './ssh-side.ts';
import { acceptKey, checkUserKey } from './user-key.ts';

export interface LoggedIn {
  readonly login: Login;
  readonly userName: string;
  /** Those that led to it, as `publickey,password`. */
  readonly method: string;
  readonly publicKey?: { readonly type: string; readonly key: Uint8Array };
}

export interface LoginAttemptsOptions {
  readonly sessionId: string;
  readonly sourceIp: string;
  readonly side: Pick<SshSide, 'methods' | 'allowsSha1'>;
  readonly authenticate: Authenticate;
  /** Attempts that may fail; 0 is no limit. */
  readonly most: number;
  readonly succeeded: (result: LoggedIn) => void;
  readonly failed: (attempt: { userName: string; method: string; reason: string }) => void;
  /** Too many have failed. */
  readonly exhausted: () => void;
}

type Method = LoginAttempt['method'];
type Refused = { readonly refused: string };

/** Longer names are nobody's, and would only fill logs. */
const LONGEST_NAME = 256;

/** The attempts of one connection to log in. */
export class LoginAttempts {
  readonly #options: LoginAttemptsOptions;
  #passed: ('password' | 'publickey')[] = [];
  #publicKey: LoggedIn['publicKey'];
  #failures = 0;
  #isOver = false;

  constructor(options: LoginAttemptsOptions) {
    this.#options = options;
  }

  /** No answer is given to what is still being asked. */
  stop(): void {
    this.#isOver = true;
  }

  async attempt(context: AuthContext): Promise<void> {
    if (this.#isOver) return;
    if (context.method === 'none') return context.reject([...this.#left()]);
    const userName = context.username;
    const method = this.#methodOf(context);
    if ('refused' in method) return this.#refuse(context, method.refused);
    const answer = await this.#ask(userName, method);
    if (this.#isOver) return;
    if (typeof answer === 'object' && 'refused' in answer) return this.#refuse(context, answer.refused);
    if (method.kind === 'publickey' && !method.isProven) return acceptKey(context as PublicKeyAuthContext);
    this.#pass(method);
    if (answer === 'more') return context.reject([...this.#left()], true);
    this.#isOver = true;
    const publicKey = this.#publicKey;
    const passed = this.#passed.join(',');
    // The answer is the last thing that may go out before the session counts as open.
    this.#options.succeeded({
      login: answer,
      userName,
      method: passed,
      ...(publicKey === undefined ? {} : { publicKey }),
    });
    context.accept();
  }

  async #ask(userName: string, method: Method): Promise<Login | 'more' | Refused> {
    const { sessionId, sourceIp, authenticate } = this.#options;
    try {
      const passed = [...this.#passed];
      const answer = await authenticate({ sessionId, userName, sourceIp, method, passed });
      return answer ?? { refused: 'wrong user or credentials' };
    } catch (error) {
      return { refused: `could not be checked: ${error instanceof Error ? error.message : String(error)}` };
    }
  }

  #methodOf(context: AuthContext): Method | Refused {
    if (context.username.length > LONGEST_NAME) return { refused: 'the name of the user is too long' };
    if (context.method === 'password') return passwordOf(context as PasswordAuthContext);
    if (context.method !== 'publickey') return { refused: 'the method is not supported' };
    const { key } = context as PublicKeyAuthContext;
    const check = checkUserKey(context as PublicKeyAuthContext, this.#options.side.allowsSha1);
    return 'refused' in check ? check : { kind: 'publickey', key: key.data, ...check };
  }

  #pass(method: Method): void {
    if (!this.#passed.includes(method.kind)) this.#passed.push(method.kind);
    if (method.kind === 'publickey') this.#publicKey = { type: method.type, key: method.key };
  }

  #left(): readonly ('password' | 'publickey')[] {
    return this.#options.side.methods.filter((method) => !this.#passed.includes(method));
  }

  #refuse(context: AuthContext, reason: string): void {
    const { most, failed, exhausted } = this.#options;
    this.#failures += 1;
    failed({ userName: context.username.slice(0, LONGEST_NAME), method: context.method, reason });
    context.reject([...this.#left()]);
    if (most === 0 || this.#failures < most) return;
    this.#isOver = true;
    exhausted();
  }
}

/** ssh2 gives an object when the client wants to change the password, which nobody offers here. */
function passwordOf({ password }: PasswordAuthContext): Method | Refused {
  return typeof password === 'string'
    ? { kind: 'password', password }
    : { refused: 'passwords cannot be changed' };
}
