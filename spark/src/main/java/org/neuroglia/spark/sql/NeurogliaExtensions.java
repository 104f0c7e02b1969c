package org.neuroglia.spark.sql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.neuroglia.spark.event.exec.SampleSpikes;
import org.neuroglia.spark.nwb.NwbCatalog;
import org.neuroglia.spark.plan.FunctionRegistration;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Makes sessions know the SQL functions of this library, and how to plan its tensors, from their
 * start:
 *
 * <pre>{@code
 * SparkSession.builder()
 *     .config("spark.sql.extensions", "org.neuroglia.spark.sql.NeurogliaExtensions")
 * }</pre>
 *
 * <p>Every session of that start has them, those of {@code newSession()} and of Spark Connect
 * included. {@code DESCRIBE FUNCTION EXTENDED psth} tells what a function does; their names are
 * {@link #functions}.
 */
public final class NeurogliaExtensions
    extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
  private static final long serialVersionUID = 1L;

  /** The name of the aggregate that can be registered alone. */
  public static final String PERI_EVENT_HISTOGRAM = "peri_event_histogram";

  private static final String EXTENSIONS = "spark.sql.extensions";

  private static final List<SqlFunction> FUNCTIONS =
      List.of(
          new Arange(),
          new BinSpikes(),
          new FiringRate(),
          new FirstSpikeLatencyFunction(),
          new PackSpikes(),
          new PeriEventHistogramFunction(),
          new PeriEventSpikes(),
          new Psth(),
          new SpikeCount(),
          new SpikeTensor());

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    FUNCTIONS.forEach(
        function -> FunctionRegistration.inject(extensions, function.text(), function::build));
    TableFunctions.inject(extensions);
    SampleSpikes.inject(extensions);
    return BoxedUnit.UNIT;
  }

  /**
   * What {@code SparkSession.builder().config(key, value)} needs: this extension, and the catalog
   * {@code nwb}.
   */
  public static Map<String, String> settings() {
    return settings(Map.of());
  }

  /**
   * The same beside other settings, such as {@link org.neuroglia.spark.lake.Lake#settings}, whose
   * extensions are kept.
   */
  public static Map<String, String> settings(Map<String, String> others) {
    Map<String, String> settings = new LinkedHashMap<>(others);
    settings.merge(EXTENSIONS, NeurogliaExtensions.class.getName(), (a, b) -> a + "," + b);
    settings.put("spark.sql.catalog.nwb", NwbCatalog.class.getName());
    return settings;
  }

  /** The names of the functions, sorted. */
  public static List<String> functions() {
    return FUNCTIONS.stream().map(SqlFunction::name).toList();
  }

  /**
   * Makes a session that was started without the extension know all functions, as long as it lasts.
   */
  public static void register(SparkSession spark) {
    FUNCTIONS.forEach(function -> register(spark, function));
    TableFunctions.register(spark);
  }

  /** The same for {@code peri_event_histogram} alone. */
  public static void registerPeriEventHistogram(SparkSession spark) {
    register(spark, new PeriEventHistogramFunction());
  }

  private static void register(SparkSession spark, SqlFunction function) {
    FunctionRegistration.register(spark, function.text(), function::build);
  }
}
