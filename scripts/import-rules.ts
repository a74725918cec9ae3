/**
 * Who may import whom; what is not listed is forbidden, and a file is under the first rule whose `from` fits.
 * `*` stands for one name, `**` for any path, `{api}` for the same name in `from` and `may`.
 * Test files, benchmarks and scripts are not the product: `test` and `bench` may see everything.
 */
export interface ImportRule {
  readonly from: string;
  readonly may: readonly string[];
  /** May be imported as types only. */
  readonly mayTypes?: readonly string[];
  /** Packages allowed; absent means none. */
  readonly packages?: readonly string[];
  /** May be imported as types only. */
  readonly packageTypes?: readonly string[];
  /** Built-in modules refused, without `node:`; `*` is all. */
  readonly withoutBuiltins?: readonly string[];
}

const SOCKETS = ['http', 'http2', 'https', 'net', 'tls', 'dgram', 'cluster'];
const SQL = ['sqlite'];
/** Everything that reaches beyond the process's own values. */
const WORLD = ['fs', 'child_process', 'worker_threads', 'os', 'process', 'timers', 'dns'];

/** What several APIs use and what knows none of them. */
const SHARED = [
  'functions',
  'http-client',
  'logs',
  'queues',
  'policy',
  'schedule',
  'secrets',
  'openpgp',
  'sandbox',
  'oci',
].map((name) => `src/${name}/**`);

/** The port, and nothing else of the kernel but types. */
const STORES = {
  may: ['store', 'errors', 'clock', 'ids']
    .map((name) => `src/kernel/${name}.ts`)
    .concat('src/stores/**', 'src/lib/**'),
  mayTypes: ['src/kernel/**'],
};

export const IMPORT_RULES: readonly ImportRule[] = [
  { from: 'src/lib/**', may: ['src/lib/**'] },
  { from: 'src/kernel/**', may: ['src/kernel/**', 'src/lib/**'], withoutBuiltins: [...SOCKETS, ...SQL] },
  { from: 'src/wire/**', may: ['src/wire/**', 'src/lib/**'], withoutBuiltins: [...SOCKETS, ...SQL] },
  // What a file system cannot hold of a file is noted in SQLite.
  { from: 'src/files/file-notes.ts', may: ['src/files/**', 'src/lib/**'] },
  { from: 'src/files/**', may: ['src/files/**', 'src/lib/**'], packages: ['*'], withoutBuiltins: SQL },
  { from: 'src/stores/sql/sqlite*', ...STORES },
  // SQLite's own file locks tell whether another process has the directory.
  { from: 'src/stores/sql/data-directory-lock.ts', ...STORES },
  { from: 'src/stores/**', ...STORES, packages: ['pg'], withoutBuiltins: SQL },
  {
    from: 'src/apis/api.ts',
    may: ['src/lib/**'],
    mayTypes: ['src/kernel/**', 'src/wire/**'],
    withoutBuiltins: ['*'],
  },
  // What texts and values mean, whatever runs them.
  {
    from: 'src/apis/{api}/language/**',
    may: ['src/apis/{api}/language/**', 'src/lib/**'],
    packages: ['yaml'],
    withoutBuiltins: [...SOCKETS, ...SQL, ...WORLD],
  },
  {
    from: 'src/apis/{api}/machine/**',
    may: [
      'src/apis/{api}/machine/**',
      'src/apis/{api}/language/**',
      'src/kernel/machine.ts',
      'src/kernel/errors.ts',
      'src/lib/**',
    ],
    mayTypes: ['src/apis/{api}/model/**', 'src/apis/{api}/upload.ts', 'src/apis/{api}/world.ts'],
    withoutBuiltins: ['*'],
  },
  {
    from: 'src/apis/{api}/**',
    may: [
      'src/apis/api.ts',
      'src/apis/{api}/**',
      'src/kernel/**',
      'src/wire/**',
      'src/files/**',
      'src/lib/**',
      ...SHARED,
    ],
    mayTypes: ['src/sftp/sftp-server.ts'],
    packages: ['yaml'],
    withoutBuiltins: [...SOCKETS, ...SQL],
  },
  {
    from: 'src/server/**',
    may: ['apis/api.ts', 'kernel/**', 'wire/**', 'policy/**', 'queues/**', 'lib/**']
      .map((name) => `src/${name}`)
      .concat('src/server/**'),
    packages: ['fastify', 'pino', 'prom-client'],
    withoutBuiltins: SQL,
  },
  { from: 'src/sftp/**', may: ['src/sftp/**', 'src/files/**', 'src/lib/**'], packageTypes: ['ssh2'] },
  {
    from: 'src/cli/commands/serve.ts',
    may: ['src/cli/**', 'src/config.ts', 'src/main.ts', 'src/lib/**'],
    packages: ['commander'],
  },
  {
    from: 'src/cli/**',
    // Client commands sign their requests as any other client does, and know what time it is.
    may: [
      'src/cli/**',
      'src/config.ts',
      'src/config/**',
      'src/wire/signatures/**',
      'src/kernel/clock.ts',
      'src/lib/**',
    ],
    packages: ['commander'],
    withoutBuiltins: SQL,
  },
  { from: 'src/console/**', may: ['src/console/**', 'src/config.ts', 'src/lib/**'], packages: ['*'] },
  { from: 'src/functions/**', may: ['src/functions/**', 'src/lib/**'], packages: ['@aws-sdk/client-lambda'] },
  { from: 'src/http-client/**', may: ['src/http-client/**', 'src/lib/**'] },
  { from: 'src/logs/**', may: ['src/logs/**', 'src/lib/**'], withoutBuiltins: [...SOCKETS, ...SQL] },
  { from: 'src/policy/**', may: ['src/policy/**', 'src/lib/**'], withoutBuiltins: [...SOCKETS, ...SQL] },
  {
    from: 'src/queues/machine/**',
    may: ['src/queues/machine/**', 'src/kernel/machine.ts', 'src/kernel/errors.ts', 'src/lib/**'],
    withoutBuiltins: ['*'],
  },
  {
    from: 'src/queues/**',
    may: ['src/queues/**', 'src/kernel/**', 'src/lib/**'],
    withoutBuiltins: [...SOCKETS, ...SQL],
  },
  {
    from: 'src/schedule/**',
    may: ['src/schedule/**', 'src/lib/**'],
    packages: ['*'],
    withoutBuiltins: [...SOCKETS, ...SQL],
  },
  { from: 'src/secrets/**', may: ['src/secrets/**', 'src/lib/**'], withoutBuiltins: [...SOCKETS, ...SQL] },
  {
    from: 'src/openpgp/**',
    may: ['src/openpgp/**', 'src/lib/**'],
    packages: ['openpgp'],
    withoutBuiltins: [...SOCKETS, ...SQL],
  },
  {
    from: 'src/sandbox/**',
    may: ['src/sandbox/**', 'src/lib/**'],
    mayTypes: ['src/oci/**'],
    packages: ['*'],
  },
  { from: 'src/oci/**', may: ['src/oci/**', 'src/lib/**'], packages: ['*'] },
  { from: 'src/config.ts', may: ['src/config/**', 'src/limits.ts', 'src/lib/**'] },
  { from: 'src/config/**', may: ['src/config/**', 'src/policy/**', 'src/lib/**'], packages: ['yaml'] },
  { from: 'src/limits.ts', may: [] },
  { from: 'src/main.ts', may: ['src/**'], packages: ['*'] },
  // main.ts in parts: one for each system.
  { from: 'src/composition/**', may: ['src/**'] },
  { from: 'test/**', may: ['**'], packages: ['*'] },
  { from: 'bench/**', may: ['**'], packages: ['*'] },
  { from: 'scripts/**', may: ['scripts/**', 'src/limits.ts'], packages: ['*'] },
  { from: 'examples/**', may: ['examples/**'], packages: ['*'] },
];

/** `main.ts` puts everything together, so whoever imports it sees everything. */
export const ONLY_IMPORTED_BY: Readonly<Record<string, readonly string[]>> = {
  'src/main.ts': ['src/cli/commands/serve.ts', 'test/**', 'bench/**'],
  'src/composition/**': ['src/main.ts', 'src/composition/**', 'test/**', 'bench/**'],
};
