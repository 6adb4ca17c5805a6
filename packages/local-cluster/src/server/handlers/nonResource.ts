import { unknownPath } from '../../api/apiError';
import { aggregatedDiscovery } from '../../discovery/aggregatedDiscovery';
import {
  coreVersions,
  groupList,
  resourceList,
  singleGroup,
} from '../../discovery/legacyDiscovery';
import { discoverGroups } from '../../discovery/resources';
import {
  asksForProtobufV2,
  emptyVersion2,
  PROTOBUF_V2,
} from '../../openapi/emptyVersion2';
import { ApiCall } from '../apiCall';
import { negotiateDiscovery } from '../negotiate';
import { json, rawJson, Reply, text } from '../reply';
import { ServerContext } from '../serverContext';

const HEALTH = ['/healthz', '/livez', '/readyz'];

/** The version whose behaviour this imitates. */
const VERSION = {
  major: '1',
  minor: '34',
  emulationMajor: '1',
  emulationMinor: '34',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '33',
  gitVersion: 'v1.34.1+local-cluster',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '2025-09-09T19:37:40Z',
  goVersion: '',
  compiler: 'node',
  platform: `${process.platform}/${process.arch}`,
};

/** Version, health and discovery: everything that is not about objects. */
export function handleNonResource(
  context: ServerContext,
  call: ApiCall,
): Reply {
  const path = call.path.replace(/\/+$/, '') || '/';
  if (HEALTH.some(health => path === health || path.startsWith(`${health}/`))) {
    return text(200, 'ok');
  }
  if (path === '/version') return json(200, VERSION);

  if (path.startsWith('/openapi/')) return openApi(context, call, path);

  const groups = discoverGroups(context.store.context.kinds);
  if (path === '/api' || path === '/apis') {
    const core = path === '/api';
    const aggregated = negotiateDiscovery(call.headers.accept);
    if (aggregated) {
      return json(
        200,
        aggregatedDiscovery(
          aggregated,
          groups.filter(({ group }) => (group === '') === core),
        ),
        `application/json;g=apidiscovery.k8s.io;v=${aggregated};as=APIGroupDiscoveryList`,
      );
    }
    return json(
      200,
      core ? coreVersions(context.address()) : groupList(groups),
    );
  }
  if (path === '/') {
    return json(200, { paths: ['/api', '/apis', ...HEALTH, '/version'] });
  }
  const [root, ...rest] = path.split('/').filter(Boolean);
  const [group, version] = root === 'api' ? ['', ...rest] : rest;
  const found =
    root === 'api' || root === 'apis'
      ? groups.find(candidate => candidate.group === group)
      : undefined;
  if (!found) throw unknownPath();
  if (version === undefined) return json(200, singleGroup(found));
  const resources = found.versions.find(
    candidate => candidate.version === version,
  );
  if (!resources) throw unknownPath();
  return json(200, resourceList(found.group, version, resources.resources));
}

function openApi(context: ServerContext, call: ApiCall, path: string): Reply {
  if (path === '/openapi/v3') return json(200, context.openApi.index());
  if (path === '/openapi/v2' && asksForProtobufV2(call.headers.accept)) {
    return { status: 200, contentType: PROTOBUF_V2, body: emptyVersion2() };
  }
  if (path === '/openapi/v2') return json(200, context.openApi.version2());
  const [root, ...rest] = path.slice('/openapi/v3/'.length).split('/');
  const [group, version] = root === 'api' ? ['', rest[0]] : rest;
  const document =
    group === undefined || version === undefined
      ? undefined
      : context.openApi.document(group, version);
  if (document === undefined) throw unknownPath();
  return rawJson(200, document);
}
