import { REVIEWS } from '../../discovery/resources';
import { apiVersionOf } from '../../kinds/kindDefinition';
import { ResourcePath } from '../apiCall';
import { parseObject } from '../body';
import { json, Reply } from '../reply';

const USER = {
  username: 'local-admin',
  uid: 'local-admin',
  groups: ['system:masters', 'system:authenticated'],
};

/** What each review finds. Whoever has the token may do everything. */
const FINDINGS: Readonly<Record<string, unknown>> = {
  SelfSubjectAccessReview: { allowed: true },
  SubjectAccessReview: { allowed: true },
  SelfSubjectRulesReview: {
    incomplete: false,
    resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
    nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
  },
  TokenReview: { authenticated: true, user: USER },
  SelfSubjectReview: { userInfo: USER },
};

export function isReview(path: ResourcePath): boolean {
  return reviewKind(path) !== undefined;
}

export function handleReview(
  path: ResourcePath,
  body: string,
  contentType: string | undefined,
): Reply {
  const kind = reviewKind(path)!;
  return json(201, {
    ...parseObject(body, contentType),
    kind,
    apiVersion: apiVersionOf(path.group, path.version),
    status: FINDINGS[kind],
  });
}

function reviewKind(path: ResourcePath): string | undefined {
  return REVIEWS[apiVersionOf(path.group, path.version)]?.[path.resource];
}
