import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalCluster, startLocalCluster } from '../startLocalCluster';
import { callCluster } from '../testing/callCluster';

const MAPS = '/api/v1/namespaces/default/configmaps';
const APPLY = { 'Content-Type': 'application/apply-patch+yaml' };

const configMap = (name: string, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  ...more,
});

/** Their words are those of a real control plane: `yarn conformance local-cluster`. */
describe('what the API server refuses', () => {
  let directory: string;
  let cluster: LocalCluster;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'local-cluster-'));
    cluster = await startLocalCluster({ directory, life: false });
  });
  afterAll(async () => {
    await cluster.stop();
    await rm(directory, { recursive: true });
  });

  it.each<[string, string, number, string]>([
    [
      'a match without a version',
      `${MAPS}?resourceVersionMatch=Exact`,
      422,
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
    ],
    [
      'what is there, watched without a match',
      `${MAPS}?watch=1&sendInitialEvents=true`,
      422,
      'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    ],
    [
      'a match in a watch that does not begin with what is there',
      `${MAPS}?watch=1&resourceVersion=1&resourceVersionMatch=NotOlderThan`,
      422,
      'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
    ],
    ['a limit that is none', `${MAPS}?limit=x`, 400, 'strconv.ParseInt'],
  ])('%s', async (_, path, status, message) => {
    const answer = await callCluster(cluster, path);

    expect(answer.status).toBe(status);
    expect(answer.body.message).toContain(message);
  });

  it.each<[string, string, unknown, number, string]>([
    [
      'a dry run of some of it',
      '?dryRun=Some',
      configMap('a'),
      422,
      'CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["Some"]: supported values: "All"',
    ],
    [
      'a manager that cannot be printed',
      '?fieldManager=%0A',
      configMap('a'),
      422,
      'fieldManager: Invalid value: "\\n": invalid character U+000A (at position 0)',
    ],
    [
      'a new object with a version',
      '',
      configMap('a', { metadata: { name: 'a', resourceVersion: '1' } }),
      500,
      'resourceVersion should not be set on objects to be created',
    ],
    [
      'a key that cannot be the name of a file',
      '',
      configMap('a', { data: { 'k k': 'v' } }),
      422,
      'data[k k]: Invalid value: "k k": a valid config key must consist of',
    ],
    [
      'a field that stands twice, when strict',
      '?fieldValidation=Strict',
      '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"x":"1","x":"2"}}',
      400,
      'strict decoding error: duplicate field "data.x"',
    ],
  ])('creating %s', async (_, query, body, status, message) => {
    const answer = await callCluster(cluster, `${MAPS}${query}`, {
      method: 'POST',
      body,
    });

    expect(answer.status).toBe(status);
    expect(answer.body.message).toContain(message);
  });

  it('warns of a field that stands twice, and takes the last', async () => {
    const answer = await callCluster(cluster, MAPS, {
      method: 'POST',
      body: '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"twice"},"data":{"x":"1","x":"2"}}',
    });

    expect(answer.status).toBe(201);
    expect(answer.headers.warning).toBe('299 - "duplicate field \\"data.x\\""');
    expect(answer.body.data).toEqual({ x: '2' });
  });

  it.each<[string, string, object, number, string]>([
    [
      'without a manager',
      '',
      configMap('a'),
      422,
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    ],
    [
      'of no kind',
      '?fieldManager=one',
      { metadata: { name: 'a' } },
      400,
      'invalid object type: /, Kind=',
    ],
    [
      'of another name',
      '?fieldManager=one',
      configMap('b'),
      400,
      'the name of the object (b) does not match the name on the URL (a)',
    ],
    [
      'to an object that is gone',
      '?fieldManager=one',
      configMap('a', { metadata: { name: 'a', uid: 'gone' } }),
      409,
      'uid mismatch: the provided object specified uid gone, and no existing object was found',
    ],
  ])('an apply %s', async (_, query, body, status, message) => {
    const answer = await callCluster(cluster, `${MAPS}/a${query}`, {
      method: 'PATCH',
      headers: APPLY,
      body,
    });

    expect(answer.status).toBe(status);
    expect(answer.body.message).toContain(message);
  });

  it('force in a patch that is no apply', async () => {
    const answer = await callCluster(cluster, `${MAPS}/a?force=true`, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/merge-patch+json' },
      body: {},
    });

    expect(answer.body.message).toContain(
      'force: Forbidden: may not be specified for non-apply patch',
    );
  });

  it('a Deployment of fewer than no pods', async () => {
    const labels = { app: 'a' };
    const answer = await callCluster(
      cluster,
      '/apis/apps/v1/namespaces/default/deployments',
      {
        method: 'POST',
        body: {
          metadata: { name: 'a' },
          spec: {
            replicas: -1,
            selector: { matchLabels: labels },
            template: {
              metadata: { labels },
              spec: { containers: [{ name: 'c', image: 'i' }] },
            },
          },
        },
      },
    );

    expect(answer.body.message).toContain(
      'spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    );
  });
});
