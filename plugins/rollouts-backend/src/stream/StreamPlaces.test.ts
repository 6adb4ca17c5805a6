import { StreamPlaces, TooManyStreamsError } from './StreamPlaces';

describe('places of streams', () => {
  it('are so many for each reader', () => {
    const places = new StreamPlaces(2);
    places.take('user:default/ada');
    places.take('user:default/ada');
    expect(() => places.take('user:default/ada')).toThrow(TooManyStreamsError);
    expect(() => places.take('user:default/bob')).not.toThrow();
  });

  it('are free again when a stream ends, and only once', () => {
    const places = new StreamPlaces(2);
    const giveBack = places.take('user:default/ada');
    places.take('user:default/ada');
    giveBack();
    giveBack();
    places.take('user:default/ada');
    expect(() => places.take('user:default/ada')).toThrow(TooManyStreamsError);
  });
});
