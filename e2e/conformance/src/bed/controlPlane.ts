import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KubeClient } from '@progressive-delivery/kube';
import { freePorts } from './freePort';
import type { ProcessGroup } from './processGroup';
import type { Programs } from './programs';
import { until } from './until';

export interface ControlPlane {
  kubeConfigFile: string;
  client: KubeClient;
}

/** Arguments beside those that the bed needs. */
export interface ControlPlaneArguments {
  apiServer?: string[];
  controllerManager?: string[];
}

/** Without the node lifecycle controller: nobody renews our one Node. */
const CONTROLLERS = [
  'replicaset-controller',
  'deployment-controller',
  'garbage-collector-controller',
  'job-controller',
  'endpoints-controller',
  'endpointslice-controller',
  'namespace-controller',
  'disruption-controller',
];

/** etcd, API server and the controllers of Kubernetes; ready in ten seconds. */
export async function startControlPlane(
  programs: Programs,
  processes: ProcessGroup,
  folder: string,
  more: ControlPlaneArguments = {},
): Promise<ControlPlane> {
  const [clientPort, peerPort, apiPort] = await freePorts(3);
  const etcd = `http://127.0.0.1:${clientPort}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  mkdirSync(join(folder, 'certificates'), { recursive: true });
  processes.start('etcd', programs.etcd, [
    '--unsafe-no-fsync',
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${etcd}`,
    `--advertise-client-urls=${etcd}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
  ]);

  const key = join(folder, 'service-account.key');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(key, privateKey.export({ type: 'pkcs1', format: 'pem' }), {
    mode: 0o600,
  });
  const token = randomBytes(24).toString('hex');
  const tokens = join(folder, 'tokens.csv');
  writeFileSync(tokens, `${token},admin,admin,system:masters\n`, {
    mode: 0o600,
  });
  processes.start('kube-apiserver', programs.apiServer, [
    `--etcd-servers=${etcd}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${apiPort}`,
    `--cert-dir=${join(folder, 'certificates')}`,
    '--service-cluster-ip-range=10.96.0.0/16',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${key}`,
    `--service-account-signing-key-file=${key}`,
    `--token-auth-file=${tokens}`,
    '--authorization-mode=RBAC',
    '--disable-admission-plugins=ServiceAccount',
    ...(more.apiServer ?? []),
  ]);

  const kubeConfigFile = join(folder, 'kubeconfig');
  writeFileSync(kubeConfigFile, kubeConfig(apiPort!, token), { mode: 0o600 });
  const client = KubeClient.fromFile(kubeConfigFile, undefined, {
    userAgent: 'conformance',
  });
  await until(
    'the API server to be ready',
    async () => {
      processes.checkAlive();
      return (await client.raw('/readyz')) === 'ok';
    },
    { seconds: 60 },
  );
  processes.start('kube-controller-manager', programs.controllerManager, [
    `--kubeconfig=${kubeConfigFile}`,
    `--service-account-private-key-file=${key}`,
    '--leader-elect=false',
    '--secure-port=0',
    `--controllers=${CONTROLLERS.join(',')}`,
    ...(more.controllerManager ?? []),
  ]);
  return { kubeConfigFile, client };
}

function kubeConfig(port: number, token: string): string {
  return `${JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'conformance',
      contexts: [
        { name: 'conformance', context: { cluster: 'bed', user: 'admin' } },
      ],
      clusters: [
        {
          name: 'bed',
          cluster: {
            server: `https://127.0.0.1:${port}`,
            // Its certificate is made at each start, on this loopback only.
            'insecure-skip-tls-verify': true,
          },
        },
      ],
      users: [{ name: 'admin', user: { token } }],
    },
    undefined,
    2,
  )}\n`;
}
