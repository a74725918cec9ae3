import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { arch, platform } from 'node:os';
import { fileURLToPath } from 'node:url';
import { processUsage, type Usage } from '../measure/process-usage.ts';
import { type Launched, launch, lineOf } from './child-process.ts';
import { inTemporaryDirectory } from './temporary-directory.ts';

export interface RunningRestate {
  /** Where workflows are invoked. */
  readonly ingress: { readonly host: string; readonly port: number };
  /** Of the server alone, without the process that runs the workflow's code. */
  usage(): Usage;
  /** Of that process. */
  serviceUsage(): Usage;
}

interface Stoppable extends RunningRestate {
  stop(): Promise<void>;
}

const host = '127.0.0.1';

/** Whether the optional packages are there. */
export function isRestateInstalled(): boolean {
  try {
    return serverProgram() !== '';
  } catch {
    return false;
  }
}

/** The peer over an empty store, for as long as the work takes. */
export function withRestate<T>(work: (server: RunningRestate) => Promise<T>): Promise<T> {
  return inTemporaryDirectory('bench-restate', async (path) => {
    const server = await startRestate(path);
    try {
      return await work(server);
    } finally {
      await server.stop();
    }
  });
}

/** Starts the server with its defaults, silenced, on free ports, and a service with the workflows. */
async function startRestate(directory: string): Promise<Stoppable> {
  const service = await startService();
  const [ingress, admin, fabric] = [await freePort(), await freePort(), await freePort()];
  const server = await startServer(directory, { ingress, admin, fabric });
  const stop = async () => {
    await server.stop();
    await service.launched.stop();
  };
  try {
    await register(admin, service.port);
    await ingressAnswers(ingress);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ingress: { host, port: ingress },
    usage: () => processUsage(server.pid),
    serviceUsage: () => processUsage(service.launched.pid),
    stop,
  };
}

async function startService(): Promise<{ readonly launched: Launched; readonly port: number }> {
  const launched = await launch({
    command: process.execPath,
    args: [fileURLToPath(new URL('./restate-service.ts', import.meta.url))],
    env: { NODE_ENV: 'production' },
    errors: 'inherit',
  });
  const [, port] = await lineOf(launched, /^service ready on (\d+)/);
  return { launched, port: Number(port) };
}

interface Ports {
  readonly ingress: number;
  readonly admin: number;
  readonly fabric: number;
}

async function startServer(directory: string, ports: Ports): Promise<Launched> {
  const server = await launch({
    command: serverProgram(),
    args: ['--no-logo', '--log-filter', 'off', '--listen-mode', 'tcp', '--base-dir', directory],
    cwd: directory,
    env: {
      TMPDIR: directory,
      RUST_LOG: 'off',
      RESTATE_DISABLE_TELEMETRY: 'true',
      RESTATE_BIND_IP: host,
      RESTATE_ADVERTISED_HOST: host,
      RESTATE_BIND_PORT: String(ports.fabric),
      RESTATE_ADMIN__BIND_PORT: String(ports.admin),
      RESTATE_INGRESS__BIND_PORT: String(ports.ingress),
    },
    errors: 'ignore',
  });
  server.child.stdout?.resume();
  return server;
}

/** Tells the server where the service is; asks again while the server is still coming up. */
async function register(admin: number, service: number): Promise<void> {
  await eventually('registering the service', async () => {
    const answer = await fetch(`http://${host}:${admin}/deployments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ uri: `http://${host}:${service}` }),
      signal: AbortSignal.timeout(5000),
    });
    await answer.arrayBuffer();
    return answer.ok;
  });
}

function ingressAnswers(ingress: number): Promise<void> {
  return eventually('a first workflow', async () => {
    const answer = await fetch(`http://${host}:${ingress}/three-steps/ready-${Date.now()}/run`, {
      method: 'POST',
      signal: AbortSignal.timeout(5000),
    });
    await answer.arrayBuffer();
    return answer.ok;
  });
}

async function eventually(what: string, attempt: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    if (await attempt().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`Restate: ${what} did not succeed within 30 s`);
}

function serverProgram(): string {
  const name = `@restatedev/restate-server-${platform()}-${arch()}/bin/restate-server`;
  return createRequire(import.meta.url).resolve(name);
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, () => {
      const address = server.address();
      server.close(() => resolve(address && typeof address === 'object' ? address.port : 0));
    });
  });
}
