package org.neuroglia.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuroglia.InvalidInputException;
import org.neuroglia.trace.TraceReduction;

class NumpyFunctionTest {

  /** A user's own, found by its name. */
  public static final class FirstValue implements Reduction {
    private static final long serialVersionUID = 1L;

    @Override
    public double reduce(double[] values) {
      return values.length == 0 ? -1 : values[0];
    }
  }

  /** Cannot be made without its argument. */
  public record Scaled(double factor) implements Reduction {
    @Override
    public double reduce(double[] values) {
      return factor * values[0];
    }
  }

  // numpy 1.26 and pandas 2.2: f(array), f(Series), f(empty Series) of 4, NaN, 1, 3
  @ParameterizedTest
  @CsvSource({
    "sum,       NaN, 8,   0",
    "prod,      NaN, 12,  1",
    "mean,      NaN, 2.6666666666666665, NaN",
    "min,       NaN, 1,   NaN",
    "amax,      NaN, 4,   NaN",
    "var,       NaN, 1.5555555555555556, NaN",
    "std,       NaN, 1.247219128924647, NaN",
    "median,    NaN, NaN, NaN",
    "ptp,       NaN, NaN, NaN",
    "nanmedian, 3,   3,   NaN",
    "nansum,    8,   8,   0",
  })
  void nanPropagatesInTensorsAndIsSkippedInTraces(
      String func, double tensor, double trace, double empty) {
    double[] values = {4, Double.NaN, 1, 3};
    assertEquals(tensor, new ResponseReducer(func).reduce(values.clone()), 1e-15);
    assertEquals(trace, new TraceReduction(func).reduce(values.clone()), 1e-15);
    assertEquals(empty, new TraceReduction(func).reduce(new double[0]));
  }

  @Test
  void onlyNaNIsLikeNothingWhereNaNIsSkipped() {
    double[] values = {Double.NaN};
    assertEquals(0, new TraceReduction("sum").reduce(values));
    assertEquals(Double.NaN, new TraceReduction("max").reduce(values));
    assertEquals(Double.NaN, new ResponseReducer("nanmax").reduce(values));
  }

  @Test
  void extremesOfNothingAreRefusedInTensors() {
    for (String func : new String[] {"min", "amax", "nanmax", "ptp"}) {
      ResponseReducer reducer = new ResponseReducer(func);
      assertThrows(InvalidInputException.class, () -> reducer.reduce(new double[0]));
    }
  }

  @Test
  void usersOwnIsFoundByItsNameAndGetsTheValuesAsTheyAre() {
    String name = FirstValue.class.getName();
    assertEquals(Double.NaN, new ResponseReducer(name).reduce(new double[] {Double.NaN, 1}));
    assertEquals(Double.NaN, new TraceReduction(name).reduce(new double[] {Double.NaN, 1}));
    assertEquals(-1, new TraceReduction(name).reduce(new double[0]));
  }

  @Test
  void whatIsNoReductionIsRefusedWithTheReason() {
    assertTrue(message("averge").contains("accepted are amax, amin, max, mean"));
    assertTrue(message("java.lang.String").contains("not a public class that implements"));
    assertTrue(message(Scaled.class.getName()).contains("without arguments"));
    assertTrue(message(null).contains("accepted are"));
  }

  private static String message(String func) {
    return assertThrows(InvalidInputException.class, () -> new TraceReduction(func)).getMessage();
  }

  @Test
  void travelsToOtherMachines() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new TraceReduction("std"));
      out.writeObject(new TraceReduction(FirstValue.class.getName()));
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertEquals(1, ((Reduction) in.readObject()).reduce(new double[] {1, Double.NaN, 3}));
      assertEquals(7, ((Reduction) in.readObject()).reduce(new double[] {7, 8}));
    }
  }
}
