import type { FleetFace } from './FleetFace';
import { FormerFaces } from './FormerFaces';

const face = (key: string) => ({ key }) as FleetFace;
/** As many that went at one revision. */
const faces = (count: number, key: string) =>
  Array.from({ length: count }, () => face(key));

describe('what is remembered of faces that went', () => {
  it('are those that went after a revision', () => {
    const former = new FormerFaces();
    former.add([face('first')], 1);
    former.add([face('second')], 2);
    expect(former.since(0)?.map(({ key }) => key)).toEqual(['first', 'second']);
    expect(former.since(1)?.map(({ key }) => key)).toEqual(['second']);
    expect(former.since(2)).toEqual([]);
  });

  it('are the latest thousand once there are too many, and who asks for more is told so', () => {
    const former = new FormerFaces();
    former.add(faces(1_000, 'old'), 1);
    former.add([face('edge')], 2);
    former.add(faces(1_000, 'new'), 3);
    // All of revision 2 is forgotten: only who has it already can be told the rest.
    expect(former.since(1)).toBeUndefined();
    expect(former.since(2)).toHaveLength(1_000);
  });
});
