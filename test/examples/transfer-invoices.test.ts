import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { loadConfig } from '../../src/config.ts';
import { LIMITS } from '../../src/limits.ts';
import { runExample } from '../support/run-example.ts';
import { credentials, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const FOLDER = join(import.meta.dirname, '../../examples/transfer-invoices');

const hasOpenSsh = ['sftp', 'ssh-keygen'].every((program) => spawnSync(program).error === undefined);
const skip = hasOpenSsh ? false : 'OpenSSH is not installed: nobody can upload';

/** What was said, without times, ids and the port. */
const said = (stdout: string): string =>
  stdout
    .replaceAll(/^ +\d+\.\d\d s /gm, ' ')
    .replaceAll(/\b([sw])-\w{17}\b/g, '$1-ID')
    .replace(/:\d+;/, ':PORT;');

const STORY = `s-ID serves SFTP on 127.0.0.1:PORT; its uploads start w-ID

invoice 2026-0001 of € 640: COMPLETED
  DECRYPT decrypt    done
  CUSTOM  check      done
  TAG     mark       done
  COPY    archive    done
  DELETE  remove     done

invoice 2026-0002 of € 2900: EXCEPTION
  DECRYPT decrypt    done
  CUSTOM  check      CUSTOM_STEP_FAILED: The function has answered that the step failed
  COPY    quarantine done
  DELETE  remove     done
`;

const FILES = [
  'invoices/archive/DATE/2026-0001.json',
  'invoices/partner/2026-0001.json',
  'invoices/partner/2026-0002.json',
  'quarantine/partner/2026-0002.json.pgp',
];

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.orrery'))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((path) => path.replace(/\d{4}-\d\d-\d\d(?=\/)/, 'DATE'))
    .sort();
}

describe('the invoices example', { skip }, () => {
  it('takes one invoice in and puts the other into quarantine', async (test) => {
    const data = await makeTemporaryDirectory(test);
    const { accessKeyId, secretAccessKey } = credentials;
    await mkdir(data.path, { recursive: true });
    await writeFile(
      join(data.path, 'credentials'),
      `[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    );
    const file = join(FOLDER, 'orrery.yaml');
    const { functions } = loadConfig({ file, flags: {}, environment: {}, folder: FOLDER, limits: LIMITS });
    const { endpoint, stop } = await startServer({ functions, dataDirectory: data.path });
    test.after(stop);
    // For the function, which runs in the server's process.
    Object.assign(process.env, { INVOICES_DATA: data.path, AWS_ENDPOINT_URL: endpoint });
    const { code, stdout, stderr } = await runExample('transfer-invoices', endpoint);
    assert.deepEqual([code, stderr], [0, ''], stdout);
    assert.equal(said(stdout), STORY);
    assert.deepEqual(await filesIn(join(data.path, 'buckets')), FILES);
    const kept = join(data.path, 'buckets/invoices/partner/2026-0001.json');
    assert.deepEqual(JSON.parse(await readFile(kept, 'utf8')), { number: '2026-0001', amount: 640 });
  });
});
