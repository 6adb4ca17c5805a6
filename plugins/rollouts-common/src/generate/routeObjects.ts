import type { KubeObject } from '../kubernetes/objects';
import type { CommentedObject } from './commentedObject';
import type { CompleteDescription } from './completeDescription';
import { metadataOf, namesOf } from './names';

const PORT = 80;

function virtualService(of: CompleteDescription): KubeObject {
  const { stable, canary } = namesOf(of);
  const object = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: metadataOf(of),
    spec: {
      hosts: [of.host],
      http: [
        {
          name: 'primary',
          route: [
            { destination: { host: stable }, weight: 100 },
            { destination: { host: canary }, weight: 0 },
          ],
        },
      ],
    },
  };
  return object;
}

function ingress(of: CompleteDescription): KubeObject {
  const object = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadataOf(of),
    spec: {
      ingressClassName: 'nginx',
      rules: [
        {
          host: of.host,
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: {
                  service: { name: namesOf(of).stable, port: { number: PORT } },
                },
              },
            ],
          },
        },
      ],
    },
  };
  return object;
}

function httpRoute(of: CompleteDescription): KubeObject {
  const { stable, canary } = namesOf(of);
  const object = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: metadataOf(of),
    spec: {
      parentRefs: [{ name: of.gateway }],
      hostnames: [of.host],
      rules: [
        {
          backendRefs: [
            { name: stable, port: PORT, weight: 100 },
            { name: canary, port: PORT, weight: 0 },
          ],
        },
      ],
    },
  };
  return object;
}

const ROUTES = {
  istio: virtualService,
  nginx: ingress,
  'gateway-api': httpRoute,
};

/** The object whose weights the router writes; blue-green needs none. */
export function routeObjects(of: CompleteDescription): CommentedObject[] {
  if (of.router === 'none' || of.strategy === 'blue-green') return [];
  return [
    {
      object: ROUTES[of.router](of),
      comments: [
        {
          path: [],
          text: 'The controller writes the weights of this object: let GitOps ignore them.',
        },
      ],
    },
  ];
}
