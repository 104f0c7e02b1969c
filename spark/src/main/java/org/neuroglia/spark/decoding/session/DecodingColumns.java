package org.neuroglia.spark.decoding.session;

/**
 * Names of the columns that are decoded; those that are not wanted are empty.
 *
 * @param session may be absent from the tables
 * @param event number of the event
 * @param time of the event in seconds; responses need none
 * @param label of the events, strings or numbers
 * @param split group or fold of the events
 * @param stratum of the events, within which labels are shuffled
 * @param neuron of trains
 * @param times of trains
 * @param by group of neurons
 */
public record DecodingColumns(
    String session,
    String event,
    String time,
    String label,
    String split,
    String stratum,
    String neuron,
    String times,
    String by) {}
