import { badRequest, invalid, staleVersion } from '../../api/apiError';
import { isRecord } from '../../schema/isRecord';
import { commitUpdate } from '../../operations/commitUpdate';
import { patchedBy } from '../../operations/patchObject';
import { readObject } from '../../operations/readObject';
import { scaleOf, withScale } from '../../operations/scale';
import { subjectOf } from '../../operations/subject';
import { json, Reply } from '../reply';
import { ResourceCall } from '../resourceCall';
import { ServerContext } from '../serverContext';
import { readNewObject, readPatch } from './writeHandlers';
import { presentationOf } from './shapes';
import { scaleTable } from '../../tables/scaleTable';
import { writeOptions } from './writeOptions';

/** get, update and patch of `…/scale`. */
export function handleScale(
  context: ServerContext,
  call: ResourceCall,
  body: string,
): Reply {
  const paths = call.target.version.scale!;
  const target = { ...call.target, subresource: undefined };
  const previous = readObject(context.store.context, target);
  const before = scaleOf(previous, paths);
  if (call.verb === 'get') {
    return presentationOf(call).shape === 'table'
      ? json(200, scaleTable(before, context.store.context.clock.now()))
      : json(200, before);
  }

  const wanted =
    call.verb === 'patch' ? patched() : (readNewObject(call, body) as unknown);
  const replicas =
    isRecord(wanted) && isRecord(wanted.spec)
      ? wanted.spec.replicas
      : undefined;
  const version =
    isRecord(wanted) && isRecord(wanted.metadata)
      ? wanted.metadata.resourceVersion
      : undefined;
  if (version && version !== previous.metadata.resourceVersion) {
    throw staleVersion(subjectOf(target));
  }
  const count = replicas ?? 0;
  if (!Number.isInteger(count)) {
    throw badRequest(
      'Scale in version "v1" cannot be handled as a Scale: spec.replicas must be a whole number',
    );
  }
  if ((count as number) < 0) {
    throw invalid({ group: 'autoscaling', kind: 'Scale', name: target.name }, [
      {
        reason: 'FieldValueInvalid',
        message: `Invalid value: ${count}: must be greater than or equal to 0`,
        field: 'spec.replicas',
      },
    ]);
  }
  const next = commitUpdate(
    context.store.context,
    // Who scaled is remembered as such.
    call.target,
    previous,
    withScale(previous, paths, count as number),
    writeOptions(call),
  );
  return json(200, scaleOf(next, paths));

  function patched(): unknown {
    const { type, patch } = readPatch(call, body);
    return patchedBy(before, patch, type === 'apply' ? 'merge' : type);
  }
}
