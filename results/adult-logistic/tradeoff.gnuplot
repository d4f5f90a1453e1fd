$curve0 << END
0.05 83.4298 83.2521 83.6075
0.0999999 84.0384 83.8043 84.2726
0.5 85.2675 85.2182 85.3168
0.999999 85.3934 85.3368 85.45
END
$line0 << END
0.04 85.3387 85.3387 85.3387
1.25 85.3387 85.3387 85.3387
END
set encoding utf8
set style line 1 linecolor rgb "#0072B2" linewidth 2 pointtype 7 pointsize 0.7
set style line 2 linecolor rgb "#D55E00" linewidth 2 pointtype 5 pointsize 0.7
set style line 3 linecolor rgb "#009E73" linewidth 2 pointtype 9 pointsize 0.8
set style line 4 linecolor rgb "#CC79A7" linewidth 2 pointtype 11 pointsize 0.8
set style line 5 linecolor rgb "#E69F00" linewidth 2 pointtype 13 pointsize 0.8
set style line 6 linecolor rgb "#56B4E9" linewidth 2 pointtype 6 pointsize 0.8
set style line 7 linecolor rgb "#7F7F7F" linewidth 2 pointtype 4 pointsize 0.8
set style line 9 linecolor rgb "#333333" linewidth 2
set border 3 linecolor rgb "#333333"
set tics nomirror out scale 0.6
set grid ytics linecolor rgb "#BBBBBB" linewidth 0.7
set logscale x
set xrange [0.04:1.25]
set xtics ("0.05" 0.05, "0.1" 0.0999999, "0.5" 0.5, "1" 0.999999)
set offsets 0, 0, graph 0.06, graph 0.04
set xlabel "Privacy loss ε (upper bound, δ = 10^{-5})\n{/*0.7 example level, add-or-remove-one, everyone, pld accountant}\n{/*0.7 mean of 10 with 95 % interval}"
set ylabel "Test accuracy (%)"
set key bottom right opaque samplen 2.5 spacing 1.2
plot $curve0 using 1:3:4 with filledcurves linecolor rgb "#D9EAF4" fillstyle solid noborder notitle, \
     $curve0 using 1:2:3:4 with yerrorlines linestyle 1 title "example-level privacy", \
     $line0 using 1:3:4 with filledcurves linecolor rgb "#DDDDDD" fillstyle solid noborder notitle, \
     $line0 using 1:2 with lines linestyle 9 dashtype 2 title "no privacy"
