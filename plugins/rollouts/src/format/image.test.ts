import { diffImages, parseImage } from './image';

describe('parseImage', () => {
  it.each([
    ['demo/colors:blue', 'demo/colors', 'blue', false],
    ['demo/colors', 'demo/colors', 'latest', false],
    ['registry:5000/demo/colors', 'registry:5000/demo/colors', 'latest', false],
    ['registry:5000/colors:v1', 'registry:5000/colors', 'v1', false],
    ['demo/colors@sha256:0123456789ab', 'demo/colors', '0123456', true],
    ['demo/colors:v1@sha256:0123456789ab', 'demo/colors', '0123456', true],
  ])('reads %s', (image, repository, version, digest) => {
    expect(parseImage(image)).toEqual({ repository, version, digest });
  });
});

describe('diffImages', () => {
  it('shows tags alone when only they differ', () => {
    expect(diffImages('demo/colors:blue', 'demo/colors:green')).toEqual({
      from: 'blue',
      to: 'green',
      differs: 'version',
    });
  });

  it('names the image when the repository differs, since equal tags would look equal', () => {
    expect(diffImages('old/colors:v1', 'new/shades:v1')).toEqual({
      from: 'colors:v1',
      to: 'shades:v1',
      differs: 'repository',
    });
  });

  it('knows the same image', () => {
    expect(diffImages('a:1', 'a:1').differs).toBe('none');
  });
});
