import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { ConfigReader, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds, type JsonValue } from '@backstage/types';
import { GATED_ACTIONS } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { z } from 'zod/v4';
import { selectorSchema } from '../../selection/selectorSchema';
import type { Approver, GatedBy } from './ApprovalPolicy';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const LONGEST_DAYS = 30;
const MOST_APPROVALS = 50;

const words = z.string().trim().min(1).max(2_000);

const name = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    'use small letters, digits and hyphens, at most 63',
  );

/**
 * `4h`, `PT4H` or `{ hours: 4 }`, in milliseconds.
 * @param leastInWords - for people: "a minute"
 */
function duration(least: number, leastInWords: string) {
  return z
    .union([z.string(), z.record(z.string(), z.number())])
    .transform((value, context) => {
      try {
        const milliseconds = durationToMilliseconds(
          readDurationFromConfig(
            new ConfigReader({ duration: value as JsonValue }),
            { key: 'duration' },
          ),
        );
        if (milliseconds >= least && milliseconds <= LONGEST_DAYS * DAY) {
          return milliseconds;
        }
        context.addIssue({
          code: 'custom',
          message: `must be from ${leastInWords} to ${LONGEST_DAYS} days`,
        });
      } catch {
        context.addIssue({
          code: 'custom',
          message: 'is not a duration such as "4h", "PT4H" or { hours: 4 }',
        });
      }
      return z.NEVER;
    });
}

function ref(defaultKind: string) {
  return words.transform((value, context) => {
    try {
      return stringifyEntityRef(
        parseEntityRef(value, { defaultKind, defaultNamespace: 'default' }),
      );
    } catch (error) {
      context.addIssue({
        code: 'custom',
        message: `"${value}" is not an entity reference such as "${defaultKind}:default/name": ${error}`,
      });
      return z.NEVER;
    }
  });
}

const action = z.enum(GATED_ACTIONS);

const gatedBy = z.union([
  action.transform((value): GatedBy => ({ action: value })),
  z
    .strictObject({
      action: z.enum(['promote', 'skip-step']),
      steps: z.array(z.int().min(1)).min(1),
    })
    .transform(({ steps, ...rest }): GatedBy => ({
      ...rest,
      steps: steps.map(step => step - 1),
    })),
]);

const approver = z.union([
  z.literal('owner').transform((): Approver => ({ kind: 'owner' })),
  z
    .strictObject({ group: ref('group') })
    .transform((value): Approver => ({ kind: 'group', ref: value.group })),
  z
    .strictObject({ user: ref('user') })
    .transform((value): Approver => ({ kind: 'group', ref: value.user })),
  z
    .strictObject({ ownerOf: ref('component') })
    .transform((value): Approver => ({ kind: 'ownerOf', ref: value.ownerOf })),
]);

const conditions = z
  .strictObject({
    analysisSuccessful: z.boolean().default(false),
    minimumRequests: z
      .strictObject({ metric: words, count: z.number().positive() })
      .optional(),
    minimumStepTime: duration(1_000, 'a second').optional(),
  })
  .transform(({ minimumStepTime, ...rest }) => ({
    ...rest,
    minimumStepMilliseconds: minimumStepTime,
  }));

/** A policy as people write it. Unknown keys are refused: a typing error must not weaken one. */
export const policySchema = z
  .strictObject({
    name,
    title: words.optional(),
    description: words.optional(),
    scope: selectorSchema.optional(),
    optIn: z.boolean().default(false),
    actions: z
      .array(gatedBy)
      .min(1)
      .default((): GatedBy[] => [
        { action: 'promote' },
        { action: 'promote-full' },
        { action: 'skip-step' },
      ]),
    approvers: z
      .array(approver)
      .min(1)
      .default((): Approver[] => [{ kind: 'owner' }]),
    match: z.enum(['any', 'all']).default('any'),
    count: z.int().min(1).max(MOST_APPROVALS).default(1),
    requesterMayApprove: z.boolean().default(false),
    authorMayApprove: z.boolean().default(false),
    validity: duration(MINUTE, 'a minute').default(DAY),
    onApproval: z.enum(['act', 'unlock']).default('unlock'),
    conditions: conditions.default({
      analysisSuccessful: false,
      minimumStepMilliseconds: undefined,
    }),
  })
  .superRefine((policy, context) => {
    policy.actions.forEach((each, index) => {
      const earlier = policy.actions.findIndex(
        other => other.action === each.action,
      );
      if (earlier < index) {
        context.addIssue({
          code: 'custom',
          path: ['actions', index],
          message: `"${each.action}" is listed already; name it once, with all its steps`,
        });
      }
    });
    policy.approvers.forEach((each, index) => {
      const key = JSON.stringify(each);
      if (policy.approvers.findIndex(o => JSON.stringify(o) === key) < index) {
        context.addIssue({
          code: 'custom',
          path: ['approvers', index],
          message: 'is listed already',
        });
      }
    });
    const people = policy.approvers.filter(
      each => each.kind === 'group' && each.ref.startsWith('user:'),
    );
    const most = policy.match === 'all' ? 1 : people.length;
    const onlyPeople = people.length === policy.approvers.length;
    const singleInAll = policy.match === 'all' && people.length > 0;
    if ((onlyPeople || singleInAll) && policy.count > most) {
      context.addIssue({
        code: 'custom',
        path: ['count'],
        message: `${policy.count} approvals can never come together: ${policy.match === 'all' ? 'a single user gives one' : `the approvers are ${people.length} single users`}`,
      });
    }
  });
