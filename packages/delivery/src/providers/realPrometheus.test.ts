import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measured } from './testing/measured';

const PROMETHEUS = '/usr/bin/prometheus';
const withPrometheus = existsSync(PROMETHEUS) ? describe : describe.skip;

withPrometheus('a real Prometheus', () => {
  jest.setTimeout(60_000);

  let address: string;
  let stop: () => Promise<void>;

  it.each<[string, string | undefined, string, string]>([
    ['vector(0.98)', 'result[0] >= 0.95', '[0.98]', 'Successful'],
    ['scalar(vector(2))', 'result == 2', '2', 'Successful'],
    ['vector(0) / 0', 'result[0] >= 0.95', '[NaN]', 'Failed'],
    ['nothing_of_that_name', 'result[0] >= 0.95', '[]', 'Error'],
  ])('%s', async (query, successCondition, value, phase) => {
    const measurement = await measured(
      { successCondition, provider: { prometheus: { address, query } } },
      { egress: { allowedOrigins: [address] } },
    );

    expect(measurement).toMatchObject({ value, phase });
  });

  it('says what is wrong with a query', async () => {
    const { message } = await measured(
      { provider: { prometheus: { address, query: 'sum(' } } },
      { egress: { allowedOrigins: [address] } },
    );

    expect(message).toMatch(/^bad_data: .*parse error/);
  });

  beforeAll(async () => {
    const directory = await mkdtemp(join(tmpdir(), 'prometheus-'));
    const config = join(directory, 'prometheus.yml');
    await writeFile(config, 'global: {}\n');
    const child = spawn(PROMETHEUS, [
      `--config.file=${config}`,
      `--storage.tsdb.path=${directory}`,
      '--web.listen-address=127.0.0.1:0',
    ]);
    const ended = new Promise(resolve => child.once('exit', resolve));
    stop = async () => {
      child.kill();
      await ended;
      await rm(directory, { recursive: true, force: true });
    };
    address = await new Promise<string>((resolve, reject) => {
      let log = '';
      ended.then(() => reject(new Error(`Prometheus ended: ${log}`)));
      child.stderr.on('data', chunk => {
        log += chunk;
        const listening = /Listening on.*address=(127\.0\.0\.1:\d+)/.exec(
          log,
        )?.[1];
        if (listening && /ready to receive web requests/.test(log)) {
          resolve(`http://${listening}`);
        }
      });
    });
  });

  afterAll(() => stop());
});
