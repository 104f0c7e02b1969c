package org.neuroglia.benchmarks;

import java.io.Serializable;

/** Some spikes of a session in order of time, as {@link Recording#slice} packs them; a bean. */
public final class SpikesInOrder implements Serializable {
  private static final long serialVersionUID = 1L;

  private String session;
  private long[] spikes;

  static SpikesInOrder of(String session, long[] spikes) {
    SpikesInOrder some = new SpikesInOrder();
    some.session = session;
    some.spikes = spikes;
    return some;
  }

  public String getSession() {
    return session;
  }

  public void setSession(String session) {
    this.session = session;
  }

  public long[] getSpikes() {
    return spikes;
  }

  public void setSpikes(long[] spikes) {
    this.spikes = spikes;
  }
}
