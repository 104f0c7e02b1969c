package org.neuroglia.benchmarks;

import java.io.Serializable;

/** A packed row: a bean, for Spark's encoders turn its array into a row without boxing. */
public final class Train implements Serializable {
  private static final long serialVersionUID = 1L;

  private String session;
  private int neuron;
  private double[] times;

  static Train of(String session, int neuron, double[] times) {
    Train train = new Train();
    train.session = session;
    train.neuron = neuron;
    train.times = times;
    return train;
  }

  public String getSession() {
    return session;
  }

  public void setSession(String session) {
    this.session = session;
  }

  public int getNeuron() {
    return neuron;
  }

  public void setNeuron(int neuron) {
    this.neuron = neuron;
  }

  public double[] getTimes() {
    return times;
  }

  public void setTimes(double[] times) {
    this.times = times;
  }
}
