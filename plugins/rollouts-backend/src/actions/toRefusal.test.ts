import {
  KubeApiError,
  ProtocolError,
  UnreachableError,
} from '@progressive-delivery/kube';
import { toRefusal } from './toRefusal';

const ref = { cluster: 'local', namespace: 'demo', name: 'colors' };

it.each([
  ['no answer', new UnreachableError('GET /', 'connection refused')],
  ['nonsense', new ProtocolError('GET /', 'not JSON')],
  [
    'an internal error',
    new KubeApiError({
      status: 500,
      reason: 'InternalError',
      message: 'oh',
      request: 'GET /',
    }),
  ],
])('%s is the cluster’s failure', (_, error) => {
  expect(toRefusal(error, ref)?.refusal.code).toBe('cluster-unreachable');
});

it('an error of this program is not blamed on the cluster', () => {
  expect(toRefusal(new TypeError('x is undefined'), ref)).toBeUndefined();
});
