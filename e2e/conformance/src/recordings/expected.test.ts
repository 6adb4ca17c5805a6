import { expected } from './expected';

describe('expected', () => {
  it('is a recording but for what is documented', () => {
    const recording = {
      'Ingress app': [{ value: 'weight 20', brief: false }],
      'app: step': [{ value: '0', brief: true }],
    };
    expect(
      expected(recording, {
        except: /^Ingress /,
        shows: { 'HTTPRoute app': ['20', '~ 100'] },
      }),
    ).toEqual({
      'app: step': [{ value: '0', brief: true }],
      'HTTPRoute app': [
        { value: '20', brief: false },
        { value: '100', brief: true },
      ],
    });
  });
});
