import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClusterStore } from '@progressive-delivery/local-cluster';
import { SHAPES } from './shapes';
import { shapeOfKind, shareShapes, type StructuralSchema } from './shapeOf';

/** Kinds whose fields are known, in the version that is looked at. */
const KINDS = [
  'argoproj.io/Rollout',
  'argoproj.io/AnalysisTemplate',
  'argoproj.io/ClusterAnalysisTemplate',
  'argoproj.io/Experiment',
  'apps/Deployment',
  '/Service',
  'policy/PodDisruptionBudget',
];

/** `UPDATE_SHAPES=1` writes the file anew. */
const UPDATE = process.env.UPDATE_SHAPES !== undefined;

function ofTheLocalCluster() {
  const { context } = createClusterStore({ clock: { now: () => 0 } as never });
  const schemaOf = (name: string) =>
    context.schemas(name) as StructuralSchema | undefined;
  return shareShapes(
    Object.fromEntries(
      KINDS.map(each => {
        const [group, kind] = each.split('/');
        const definition = context.kinds
          .all()
          .find(known => known.group === group && known.kind === kind);
        const version = definition?.versions[0];
        if (!version?.schema) throw new Error(`no schema of ${each}`);
        return [
          each,
          shapeOfKind(version.schema as StructuralSchema, schemaOf),
        ];
      }),
    ),
  );
}

describe('the fields that lint knows', () => {
  it('are those of the kinds as the local cluster serves them', () => {
    const wanted = ofTheLocalCluster();
    if (UPDATE) {
      writeFileSync(
        join(__dirname, 'shapes.gen.ts'),
        `/**\n * Made by shapes.test.ts from the schemas of the local cluster.\n */\nexport const SHAPES_JSON = ${JSON.stringify(JSON.stringify(wanted))};\n`,
      );
    }

    expect(SHAPES).toEqual(wanted);
  });
});
